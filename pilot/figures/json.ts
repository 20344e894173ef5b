/** What a text says as an object; of anything else nothing. */
export function readObject(text: string): Record<string, unknown> {
    try {
        const read: unknown = JSON.parse(text);
        return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : {};
    } catch {
        return {};
    }
}
