/** How a release comes to all visitors: the share of them at each step, in percent, and for how long each step is watched. */
export interface Strategy {
    weights: number[];
    windowSeconds: number;
}

/** By risk, as WeChat Cloud Hosting advises its users. */
export const strategies: Record<string, Strategy> = {
    low: { weights: [100], windowSeconds: 600 },
    medium: { weights: [10, 50, 100], windowSeconds: 600 },
    high: { weights: [5, 10, 30, 50, 80, 100], windowSeconds: 900 },
    routine: { weights: [10, 30, 50, 100], windowSeconds: 600 },
};

/**
 * A strategy by its name, or by weights of one's own such as `20,60,100`, whose windows are those of `routine`.
 * @throws Error that says what is wrong with it
 */
export function parseStrategy(text: string): Strategy {
    const named = Object.hasOwn(strategies, text) ? strategies[text]! : undefined;
    if (named) return named;
    const names = Object.keys(strategies).join(", ");
    if (!/^\d+(\s*,\s*\d+)*$/.test(text)) throw new Error(`"${text}" is neither one of ${names} nor a list of weights such as 20,60,100`);
    const weights = text.split(",").map(Number);
    const rise = weights.every((weight, index) => weight > (weights[index - 1] ?? 0));
    if (!rise || weights.at(-1) !== 100) throw new Error(`the weights ${weights.join(", ")} do not rise from above 0 to 100`);
    return { weights, windowSeconds: strategies.routine!.windowSeconds };
}

/** As it stands in a service's label, and as `parseStrategy` reads it. */
export const writeWeights = ({ weights }: Strategy): string => weights.join(",");
