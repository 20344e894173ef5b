import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { version } from "../package.json";
import { buildClient } from "./client";
import { builtNames, bundlePage } from "./page";

/** What `npm run build` makes besides the service: the client and the page, in `dist`. Called in the folder of the app. */
async function main(root: string): Promise<void> {
    await buildClient(join(root, "client"), join(root, "dist", "client"), version);
    const target = join(root, "dist", "page");
    await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true });
    for (const [path, { body }] of await bundlePage(join(root, "page"))) await writeFile(join(target, builtNames[path]!), body);
}

main(process.cwd()).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
