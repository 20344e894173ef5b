import { Fault } from "../../errors/fault";

/**
 * The same in several regions at once; gives what came of it where something did. What fails in one keeps the others
 * from nothing: it is told, and the command ends with 1. Of one region alone, a fault is the command's.
 */
export async function inEach<A, T>(items: A[], work: (item: A) => Promise<T>, tell?: (text: string) => void): Promise<T[]> {
    return kept(await Promise.allSettled(items.map(work)), tell);
}

/** The same, one after the other. */
export async function inTurn<A, T>(items: A[], work: (item: A) => Promise<T>, tell?: (text: string) => void): Promise<T[]> {
    const results: PromiseSettledResult<T>[] = [];
    for (const item of items) results.push(...(await Promise.allSettled([work(item)])));
    return kept(results, tell);
}

function kept<T>(results: PromiseSettledResult<T>[], tell: (text: string) => void = console.error): T[] {
    const failed = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    const other = failed.find((reason) => !(reason instanceof Fault));
    if (other !== undefined) throw other;
    if (failed.length > 0 && results.length === 1) throw failed[0];
    for (const fault of failed as Fault[]) tell(`\n${fault.report()}`);
    if (failed.length > 0) process.exitCode = 1;
    return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}
