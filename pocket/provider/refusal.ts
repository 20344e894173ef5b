/**
 * What a real service answers instead of doing it. `code` is the service's own error code; the message names the
 * argument to mend. Each cloud words its own (aws/refuse.ts, …), for an operator will meet the same words again there.
 */
export class Refusal extends Error {
    constructor(readonly code: string, message: string, readonly property?: string) {
        super(message);
        this.name = "Refusal";
    }
}
