import type { Failure } from "../kind";
import { Refusal } from "../refusal";

/** As the AWS SDK words an error of the EC2 API; the argument to mend stands at its end. */
export function refuse(operation: string, code: string, message: string, property?: string): Refusal {
    const where = property ? ` (argument "${property}")` : "";
    return new Refusal(code, `operation error EC2: ${operation}, https response error StatusCode: 400, api error ${code}: ${message}${where}`, property);
}

/** What EC2 would refuse and a look at the argument alone can tell: refused in the preview already. */
export function failure(property: string, code: string, message: string): Failure {
    return { property, reason: `${code}: ${message}` };
}
