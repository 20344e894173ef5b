/**
 * The result of a piece of work, or an error that says what took longer than so many seconds. The work is given a signal
 * that is aborted then: it hands the signal on to what it waits for, and does nothing more.
 */
export async function within<T>(work: (signal: AbortSignal) => Promise<T>, seconds: number, what: string): Promise<T> {
    const late = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
            const error = new Error(`${what} took longer than ${seconds} s`);
            late.abort(error);
            reject(error);
        }, seconds * 1000);
    });
    return Promise.race([work(late.signal), tooLate]).finally(() => clearTimeout(timer));
}

/** What a piece of work waits for, which ignores the signal; rejects with the signal's reason when it is aborted by then. */
export async function unlessCanceled<T>(signal: AbortSignal, waits: Promise<T>): Promise<T> {
    const result = await waits;
    signal.throwIfAborted();
    return result;
}
