import { randomInt } from "node:crypto";

export interface PasswordRules {
    length: number; special?: boolean; overrideSpecial?: string; upper?: boolean; lower?: boolean; numeric?: boolean; number?: boolean;
    minUpper?: number; minLower?: number; minNumeric?: number; minSpecial?: number;
}

const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** The characters that may be used, and how many of each class there must be. */
export function classesOf(rules: Partial<PasswordRules>): { characters: string; least: number }[] {
    const { special = true, upper = true, lower = true, numeric = rules.number ?? true } = rules;
    return [
        { on: upper, characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", least: rules.minUpper ?? 0 },
        { on: lower, characters: "abcdefghijklmnopqrstuvwxyz", least: rules.minLower ?? 0 },
        { on: numeric, characters: "0123456789", least: rules.minNumeric ?? 0 },
        { on: special, characters: rules.overrideSpecial || SPECIAL, least: rules.minSpecial ?? 0 },
    ].filter((c) => c.on);
}

export function leastLength({ minUpper = 0, minLower = 0, minNumeric = 0, minSpecial = 0 }: Partial<PasswordRules>): number {
    return minUpper + minLower + minNumeric + minSpecial;
}

/** Every class has its minimum, the rest is of all; the order is shuffled, so the minimums do not stand first. */
export function password(rules: PasswordRules): string {
    const classes = classesOf(rules);
    const all = classes.map((c) => c.characters).join("");
    const chosen = classes.flatMap((c) => Array.from({ length: c.least }, () => pick(c.characters)));
    while (chosen.length < rules.length) chosen.push(pick(all));
    for (let i = chosen.length - 1; i > 0; i--) {
        const j = randomInt(i + 1);
        [chosen[i], chosen[j]] = [chosen[j]!, chosen[i]!];
    }
    return chosen.join("");
}

function pick(characters: string): string {
    return characters[randomInt(characters.length)]!;
}
