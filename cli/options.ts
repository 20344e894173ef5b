import { InvalidArgumentError } from "commander";

/** An option's value as a whole number above zero. */
export function wholeNumber(text: string): number {
    if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It is not a whole number above zero.");
    return Number(text);
}
