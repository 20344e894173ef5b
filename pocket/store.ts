import { EventEmitter } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { writeWhole } from "../system/whole";
import type { Resource } from "./model";

/**
 * The memory of the pocket's clouds: every resource that exists, whoever made it. Written whole and renamed into
 * place, so that a daemon killed at any moment finds the last complete state. Emits "change" after each write.
 */
export class Store extends EventEmitter<{ change: [] }> {
    private readonly resources = new Map<string, Resource>();

    constructor(private readonly file: string) {
        super();
        if (!existsSync(file)) return;
        for (const resource of JSON.parse(readFileSync(file, "utf8")) as Resource[]) this.resources.set(key(resource.cloud, resource.id), resource);
    }

    get<P = Record<string, unknown>>(cloud: string, id: string): Resource<P> | undefined {
        return this.resources.get(key(cloud, id)) as Resource<P> | undefined;
    }

    list<P = Record<string, unknown>>(cloud: string, kind?: string): Resource<P>[] {
        return [...this.resources.values()].filter((r) => r.cloud === cloud && (!kind || r.kind === kind)) as Resource<P>[];
    }

    put(resource: Resource): void {
        this.resources.set(key(resource.cloud, resource.id), resource);
        this.save();
    }

    delete(cloud: string, id: string): void {
        if (this.resources.delete(key(cloud, id))) this.save();
    }

    private save(): void {
        writeWhole(this.file, JSON.stringify([...this.resources.values()], null, 1));
        this.emit("change");
    }
}

function key(cloud: string, id: string): string {
    return `${cloud}/${id}`;
}
