import * as pulumi from "@pulumi/pulumi";
import { Fault } from "../errors/fault";

/** Runs work whose faults Pulumi is to show as they are, without a stack trace. */
export function asRunError<T>(work: () => T): T {
    try {
        return work();
    } catch (error) {
        throw error instanceof Fault ? new pulumi.RunError(error.report()) : error;
    }
}
