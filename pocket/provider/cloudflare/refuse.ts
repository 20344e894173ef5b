import type { Failure } from "../kind";
import { Refusal } from "../refusal";
import type { Trouble } from "../rules";

/** As Cloudflare's client words an error of the API; the argument to mend stands at its end. */
export function refuse(call: string, status: string, code: number, message: string, property?: string): Refusal {
    const where = property ? ` (argument "${property}")` : "";
    const body = JSON.stringify({ success: false, errors: [{ code, message }], messages: [], result: null });
    return new Refusal(String(code), `${call}: ${status} ${body}${where}`, property);
}

/** What the provider's own validators refuse to plan. */
export function failure(property: string, trouble: Trouble, message: string): Failure {
    const title = { value: "Invalid Attribute Value", combination: "Invalid Attribute Combination", missing: "Missing Attribute Configuration" }[trouble];
    return { property, reason: `${title}: ${message}` };
}

/** What Cloudflare has and the pocket does not. */
export function unserved(property: string, message: string): Failure {
    return { property, reason: `UnsupportedInPocket: ${message}` };
}
