import type { Contract } from "../apps/contract";
import type { CoreCheck } from "./core-check";
import { checkRequest } from "./request-check";

/** Makes the check that a version's contract names. */
export class VersionCheck {
    constructor(private readonly chat: CoreCheck) {}

    /** Settles when the instance passed; rejects with an Error that says what it did instead. */
    run(address: string, check: Exclude<Contract["check"], "none">): Promise<void> {
        return check === "chat" ? this.chat.run(address) : checkRequest(address, check);
    }
}
