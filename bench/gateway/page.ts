import { measuredOn } from "../../cli/bench/page";
import type { Size } from "../../cli/bench/page";
import { digits, table } from "../table";

/** What a gateway carried until it refused a stream; memory in bytes. */
export interface Carried {
    streams: number;
    /** What it said to the first one that it refused; undefined if it refused none. */
    refused: string | undefined;
    idle: number;
    each: number;
    all: number;
}

const MIB = 2 ** 20;

export function gatewayPage({ local, relayed }: { local: Carried; relayed: Carried }, size: Size, date: string): string {
    const row = (what: string, { streams, refused, idle, each, all }: Carried) => [
        what,
        String(streams),
        refused ?? "none was refused",
        digits(idle / MIB),
        digits(each / 1024),
        digits(all / MIB),
    ];
    return [
        "## gateway",
        "",
        `${measuredOn(size, date)}, with \`npm run bench -- gateway\`: once, a real nginx with the pilot's configuration, in which each worker may open 1,024 files until it asks for more. Visitors open streams over TLS, from several addresses, until one is refused. Memory is the PSS of master and workers.`,
        "",
        table(
            ["stream", "carried", "first refusal", "idle, MiB", "each, KiB", "all, MiB"],
            [row("served in its region", local), row("served by a peer", relayed)],
        ),
    ].join("\n");
}
