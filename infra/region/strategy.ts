import * as pulumi from "@pulumi/pulumi";
import { parseStrategy } from "../../pilot/releases/strategy";

/**
 * How a version is to be released, where it is not as all are: `ANTIPODE_STRATEGY=high pulumi up`.
 * @throws RunError when it is no strategy
 */
export function strategyLabel(asked: string | undefined): Record<string, string> {
    if (!asked) return {};
    try {
        parseStrategy(asked);
    } catch (error) {
        throw new pulumi.RunError(`ANTIPODE_STRATEGY is of no use: ${(error as Error).message}.`);
    }
    return { "antipode.strategy": asked };
}
