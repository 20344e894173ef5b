/** Work that is done once at a time for a key: whoever asks for it while it runs gets the same result. */
export class Once<T> {
    private readonly running = new Map<string, Promise<T>>();

    do(key: string, work: () => Promise<T>): Promise<T> {
        const running = this.running.get(key) ?? work().finally(() => this.running.delete(key));
        this.running.set(key, running);
        return running;
    }
}
