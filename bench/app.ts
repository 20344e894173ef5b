import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withSection } from "../cli/bench/page";
import { thisSize } from "../cli/bench/size";
import { project } from "../cli/paths";
import { Progress, type Step } from "../cli/progress";
import { beginningTable, measureBeginning } from "./measures/beginning";
import { borderTable, measureBorder } from "./measures/border";
import { coreTable, measureCore } from "./measures/core";
import { measureMemory, memoryTable } from "./measures/memory";
import { measureRelay, relayTable } from "./measures/relay";
import { pageOf, titles } from "./page";
import type { Part } from "./parts";
import { quick, whole } from "./plan";
import { prepared } from "./prepare";
import { World } from "./world";

export interface Wish {
    /** Shorter and noisier; the page stays as it is. */
    quick?: boolean;
    /** These parts alone; the page stays as it is. */
    only?: Part[];
}

/** Measures the app beside its peers. Tells each part as soon as it is measured; the whole goes into docs/performance.md. */
export async function benchApp({ quick: brief, only }: Wish, tell: (text: string) => void): Promise<void> {
    const progress = new Progress();
    const world = await progress.during("What is measured, and a world for it", async (step) => World.start(await prepared(step)));
    const plan = brief ? quick : whole;
    const tables: Partial<Record<Part, string>> = {};
    const wanted = (part: Part) => only === undefined || only.includes(part);
    const measure = async <T>(part: Part, work: (step: Step) => Promise<T>, table: (result: T) => string): Promise<T> => {
        const result = await progress.during(titles[part], work);
        tables[part] = table(result);
        tell(`\n${titles[part]}\n\n${tables[part]}\n`);
        return result;
    };
    try {
        const needsRelay = wanted("relay") || wanted("core");
        const relayed = needsRelay ? await measure("relay", (step) => measureRelay(world, plan, step), (rounds) => relayTable(rounds)) : [];
        if (wanted("core")) await measure("core", (step) => measureCore(world, plan, relayed, step), (carried) => coreTable(carried, plan.load.rate));
        if (wanted("memory")) await measure("memory", (step) => measureMemory(world, plan, step), memoryTable);
        if (wanted("beginning")) await measure("beginning", (step) => measureBeginning(world, plan, step), beginningTable);
        if (wanted("border")) await measure("border", (step) => measureBorder(world, plan, step), borderTable);
    } finally {
        await world.stop();
    }
    if (brief || only) return;
    const page = join(project, "docs", "performance.md");
    writeFileSync(page, withSection(readFileSync(page, "utf8"), "app", pageOf(tables, plan, thisSize(), new Date().toISOString().slice(0, 10))));
}
