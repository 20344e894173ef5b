import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/**
 * The client as files that need no other: `index.mjs` for browsers, bundlers and Node, `index.js` (CommonJS) for
 * mini-programs, which know no other extension and no package. Types are tsc's part.
 * @param source the folder `client`
 * @param target a folder that is made anew
 */
export async function buildClient(source: string, target: string, version: string): Promise<void> {
    await rm(target, { recursive: true, force: true });
    for (const [format, name] of [["esm", "index.mjs"], ["cjs", "index.js"]] as const) {
        await build({
            entryPoints: [join(source, "index.ts")],
            outfile: join(target, name),
            bundle: true,
            format,
            // What the oldest phones' engines of mini-programs read.
            target: "es2017",
            charset: "utf8",
            tsconfig: join(source, "tsconfig.json"),
        });
    }
    const manifest = {
        name: "antipode-client",
        version,
        license: "MIT",
        main: "index.js",
        module: "index.mjs",
        types: "index.d.ts",
        exports: { ".": { types: "./index.d.ts", import: "./index.mjs", require: "./index.js" } },
    };
    await writeFile(join(target, "package.json"), `${JSON.stringify(manifest, null, 4)}\n`);
}
