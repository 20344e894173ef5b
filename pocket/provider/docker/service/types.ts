import type { ServiceArgs } from "@pulumi/docker";
import type { Unwrap } from "@pulumi/pulumi";

/** Arguments of a `docker.Service`, plain. */
export type ServiceInputs = Unwrap<ServiceArgs>;

/** Arguments and what the engine answered, under the same names. */
export type ServiceState = ServiceInputs;

/** The Engine API's; spec.ts alone looks into the rest of it. */
export interface ServiceSpec {
    Name?: string;
    Mode?: { Replicated?: { Replicas?: number }; Global?: object };
    [part: string]: unknown;
}
