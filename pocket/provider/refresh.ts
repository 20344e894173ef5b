import type { ObjectSchema } from "./kind";
import { equal, isObject, type Values } from "./values";

/**
 * The inputs that would have made what is there now. Where the cloud still says what it said after the last update,
 * the input stays as the program wrote it ("us" and "us.example.com" name the same record); where it says something
 * else, somebody changed it and the cloud's word is the input. All plain values.
 */
export function inputsNow(oldInputs: Values, oldState: Values, state: Values, schema: ObjectSchema): Values {
    if (Object.keys(oldInputs).length === 0) {
        return Object.fromEntries(Object.entries(state).filter(([name]) => name in schema.properties));
    }
    return drifted(oldInputs, oldState, state) as Values;
}

function drifted(input: unknown, old: unknown, now: unknown): unknown {
    if (equal(old, now)) return input;
    if (isObject(input) && isObject(now)) {
        const before = isObject(old) ? old : {};
        const kept = Object.entries(input).map(([name, value]) => [name, name.startsWith("__") ? value : drifted(value, before[name], now[name])]);
        return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
    }
    if (Array.isArray(input) && Array.isArray(now) && input.length === now.length) {
        return input.map((value, i) => drifted(value, Array.isArray(old) ? old[i] : undefined, now[i]));
    }
    return now;
}
