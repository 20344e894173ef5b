/**
 * Takes the libraries' frames out of the stacks of whatever ends the program. They say nothing to who reads them, and one
 * of them costs a minute: Pulumi's own are mapped to `node_modules/@pulumi/resource.ts`, and what Pulumi prints errors
 * with, `util.inspect` with colours, takes a name behind a scope for a folder and looks for its end until the text that it
 * collects is half a gigabyte (Node 20.20.2, `markNodeModules`).
 */
export function shortenFailures(): void {
    process.prependListener("uncaughtException", shorten);
    process.prependListener("unhandledRejection", shorten);
}

export function shorten(thrown: unknown): void {
    for (let error = thrown; error instanceof Error; error = error.cause) {
        error.stack = error.stack?.split("\n").filter((line) => !/^ +at .*[/\\]node_modules[/\\]/.test(line)).join("\n");
    }
}
