/** The parts of Pulumi's engine events (one JSON object a line of `--json`) that are shown. */
export interface EngineEvent {
    resourcePreEvent?: { metadata: Metadata; planning?: boolean };
    resOutputsEvent?: { metadata: Metadata; planning?: boolean };
    resOpFailedEvent?: { metadata: Metadata };
    diagnosticEvent?: { urn?: string; message: string; severity: string; ephemeral?: boolean };
    policyEvent?: { resourceUrn?: string; message: string; policyName: string; enforcementLevel: string };
    summaryEvent?: { resourceChanges?: Record<string, number>; result?: string };
}

interface Metadata { op: string; urn: string; type: string }

/** What a run of the engine has told so far. */
export class Account {
    /** Resources that are being worked on, by URN, with the time when that began. */
    private readonly working = new Map<string, { text: string; began: number }>();
    readonly errors: string[] = [];
    readonly warnings: string[] = [];
    changes: Record<string, number> = {};
    finished = 0;

    constructor(private readonly now: () => number = Date.now) {}

    /** Takes the event into account. Gives a line to keep on the screen, when it is worth one. */
    add(event: EngineEvent): string | undefined {
        const { resourcePreEvent: begun, resOutputsEvent: ended, resOpFailedEvent: failed } = event;
        if (begun) this.begin(begun.metadata);
        if (ended) return this.end(ended.metadata, symbols[ended.metadata.op], ended.planning);
        if (failed) return this.end(failed.metadata, "✘");
        if (event.diagnosticEvent) this.diagnose(event.diagnosticEvent);
        if (event.policyEvent) this.judge(event.policyEvent);
        if (event.summaryEvent) this.changes = event.summaryEvent.resourceChanges ?? {};
        return undefined;
    }

    /** What is being done at the moment: "creating Instance machine and 2 more". */
    headline(): string {
        const [first, ...more] = [...this.working.values()];
        if (!first) return this.finished > 0 ? `${this.finished} resources looked at` : "reading the program";
        return more.length > 0 ? `${first.text} and ${more.length} more` : first.text;
    }

    private begin({ op, urn, type }: Metadata): void {
        const verb = verbs[op];
        if (verb && type !== stackType) this.working.set(urn, { text: `${verb} ${kind(type)} ${nameOf(urn)}`, began: this.now() });
    }

    private end({ urn, type }: Metadata, symbol: string | undefined, planning = false): string | undefined {
        this.finished++;
        const work = this.working.get(urn);
        this.working.delete(urn);
        if (!symbol || type === stackType) return undefined;
        const seconds = work && !planning ? `  ${((this.now() - work.began) / 1000).toFixed(1)} s` : "";
        return `    ${symbol} ${kind(type)} ${nameOf(urn)}${seconds}`;
    }

    private diagnose({ urn, message, severity, ephemeral }: NonNullable<EngineEvent["diagnosticEvent"]>): void {
        if (ephemeral || !message.trim()) return;
        const text = `${urn ? `${kindOf(urn)} ${nameOf(urn)}: ` : ""}${message.trim()}`;
        const list = severity === "error" ? this.errors : severity === "warning" ? this.warnings : undefined;
        if (list && !list.includes(text)) list.push(text);
    }

    private judge({ resourceUrn, message, policyName, enforcementLevel }: NonNullable<EngineEvent["policyEvent"]>): void {
        const list = enforcementLevel === "mandatory" ? this.errors : this.warnings;
        list.push(`policy ${policyName}${resourceUrn ? `, ${nameOf(resourceUrn)}` : ""}: ${message.trim()}`);
    }
}

/** "3 created, 1 updated, 40 unchanged"; "0 changes, 44 unchanged" when there was nothing to do. */
export function summary(changes: Record<string, number>): string {
    const { same = 0, ...rest } = changes;
    const done = Object.entries(rest).filter(([op, count]) => count > 0 && op in past).map(([op, count]) => `${count} ${past[op]}`);
    return [...(done.length > 0 ? done : ["0 changes"]), ...(same > 0 ? [`${same} unchanged`] : [])].join(", ");
}

/** Reads one line of the engine's output; undefined for what is no event. */
export function parseEvent(line: string): EngineEvent | undefined {
    if (!line.startsWith("{")) return undefined;
    try {
        return JSON.parse(line) as EngineEvent;
    } catch {
        return undefined;
    }
}

const stackType = "pulumi:pulumi:Stack";
const symbols: Record<string, string> = { create: "+", "create-replacement": "+", update: "~", delete: "-", "delete-replaced": "-" };
const verbs: Record<string, string> = {
    create: "creating", "create-replacement": "creating", update: "updating", delete: "deleting", "delete-replaced": "deleting", refresh: "reading",
};
const past: Record<string, string> = { create: "created", update: "updated", replace: "replaced", delete: "deleted" };

const nameOf = (urn: string) => urn.split("::").at(-1) ?? urn;
const kind = (type: string) => type.split(":").at(-1) ?? type;
const kindOf = (urn: string) => kind((urn.split("::").at(-2) ?? "").split("$").at(-1) ?? "");
