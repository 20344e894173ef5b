import type { Failure } from "../kind";
import { Refusal } from "../refusal";

/** As Tencent's SDK words an error of its API; the argument to mend stands at its end. */
export function refuse(code: string, message: string, property?: string): Refusal {
    const where = property ? ` (argument "${property}")` : "";
    return new Refusal(code, `[TencentCloudSDKError] Code=${code}, Message=${message}${where}`, property);
}

/** What a look at the argument alone can tell: refused in the preview already. */
export function failure(property: string, code: string, message: string): Failure {
    return { property, reason: `${code}: ${message}` };
}
