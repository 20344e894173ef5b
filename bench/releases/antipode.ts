import { antipode, domain, must } from "../../e2e/pocket";
import { over, set } from "../../e2e/versions";
import type { Event } from "../../pilot/releases/events";
import type { Carried, Way } from "./way";

/** The whole way that an operator goes: `release`, and what it comes to; the folders of the versions, by their numbers. */
export function antipodeWay(folders: Record<string, string>): Way {
    const released = async (version: string, strategy: string): Promise<Carried> => {
        await set("us", { appFolder: folders[version]! });
        const ordered = Date.now();
        const { code, stderr } = await antipode("release", "--strategy", strategy, "--regions", "us");
        // 2 is that it has gone back, which is what a bad one is there for.
        if (code !== 0 && code !== 2) throw new Error(`\`release\` ended with ${code}: ${stderr}`);
        return carried(ordered, await over("us", version));
    };
    const back = async (version: string): Promise<Carried> => {
        const ordered = Date.now();
        await must(antipode("rollback", "us", version));
        return carried(ordered, await over("us", version));
    };
    return {
        origin: `https://us.${domain}`,
        release: (version) => released(version, "low"),
        back,
        thereAndBack: async (version) => {
            await must(antipode("rollback", "us", version));
            const ordered = Date.now();
            await must(antipode("abort", "us"));
            await over("us", version);
            return ordered;
        },
        trouble: async (version) => void (await released(version, "10,100")),
    };
}

/** Of a version's events the newest release. */
function carried(ordered: number, events: Event[]): Carried {
    const { release, time } = events.at(-1)!;
    return { ordered, from: Date.parse(events.find((event) => event.release === release)!.time), to: Date.parse(time) };
}
