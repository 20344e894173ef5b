/** One event as it stands in a stream; comments and `retry` are left out. */
export interface StreamEvent { id?: string; event?: string; data: string }

/**
 * Reads a stream's text as it comes (html.spec.whatwg.org, "server-sent events"; one line of data each, as the service
 * sends them).
 * @returns takes the next piece and gives the events that are whole by now
 */
export function eventReader(): (text: string) => StreamEvent[] {
    let rest = "";
    return (text) => {
        const blocks = (rest + text).split("\n\n");
        rest = blocks.pop()!;
        return blocks.flatMap((block) => {
            const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1];
            const data = field("data");
            return data === undefined ? [] : [{ id: field("id"), event: field("event"), data }];
        });
    };
}
