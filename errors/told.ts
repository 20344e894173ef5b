import type { Code } from "./catalogue";
import { Fault } from "./fault";

/** An error as the daemon tells it to a command, which reports a fault as its own. */
export interface Told { error: string; fault?: Pick<Fault, "code" | "details"> }

/** `text` is what is told of an error that is no fault. */
export function told(error: Error, text = error.message): Told {
    return error instanceof Fault ? { error: error.message, fault: { code: error.code, details: error.details } } : { error: text };
}

/** The fault that was told, or one of this code, for whatever else went wrong. */
export function heard({ error, fault }: Told, otherwise: Code, details: (error: string) => Fault["details"]): Fault {
    return fault ? new Fault(fault.code, fault.details) : new Fault(otherwise, details(error));
}
