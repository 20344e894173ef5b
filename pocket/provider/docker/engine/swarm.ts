/** What is read of the Engine API's answers (docs.docker.com/reference/api/engine, v1.41). */

export interface Service<Spec> {
    ID: string;
    Version: { Index: number };
    Spec: Spec;
    UpdateStatus?: { State?: string; Message?: string };
}

export interface Task {
    ID: string;
    ServiceID: string;
    CreatedAt: string;
    NodeID?: string;
    Slot?: number;
    DesiredState: string;
    Status: { State: string; Message?: string; Err?: string };
}

export interface SwarmNode { ID: string; Status: { State: string } }

/** A secret or a config; a config's `Data` is base64, a secret has none to show. */
export interface Held { ID: string; Spec: { Name: string; Labels?: Record<string, string>; Data?: string } }
