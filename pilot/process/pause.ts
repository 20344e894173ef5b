/** Resolves after `seconds`, or at once when the signal is aborted; it never rejects. */
export function pause(seconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const finish = () => {
            clearTimeout(timer);
            signal.removeEventListener("abort", finish);
            resolve();
        };
        // setTimeout counts in 31 bits of milliseconds and fires at once beyond them.
        const timer = setTimeout(finish, Math.min(seconds * 1000, 2 ** 31 - 1));
        signal.addEventListener("abort", finish);
    });
}
