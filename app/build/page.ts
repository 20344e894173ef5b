import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A file of the page, as it is answered. */
export interface PageFile {
    body: string;
    type: string;
    etag: string;
}

/** Where each file lies among the sources, and as what it is served. */
const STATIC: Record<string, [source: string, type: string]> = {
    "/": ["index.html", "text/html; charset=utf-8"],
    "/page.css": ["style.css", "text/css; charset=utf-8"],
    "/icon.svg": ["icon.svg", "image/svg+xml"],
};
const SCRIPT = "text/javascript; charset=utf-8";

export const pagePaths = [...Object.keys(STATIC), "/page.js"];

/** By path; `built` are the names that `npm run build` writes. */
export const builtNames: Record<string, string> = { "/": "index.html", "/page.css": "page.css", "/icon.svg": "icon.svg", "/page.js": "page.js" };

export function pageFile(path: string, body: string): PageFile {
    const type = STATIC[path]?.[1] ?? SCRIPT;
    return { body, type, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"` };
}

/**
 * The page from its sources; its script, with the client in it, is one file.
 * @param source the folder `page`
 */
export async function bundlePage(source: string): Promise<Map<string, PageFile>> {
    // Not there where the page is served as it was built.
    const { build } = await import("esbuild");
    const script = await build({
        entryPoints: [join(source, "main.ts")],
        bundle: true,
        write: false,
        minify: true,
        format: "esm",
        target: "es2020",
        legalComments: "none",
        tsconfig: join(source, "tsconfig.json"),
    });
    const files = new Map([["/page.js", pageFile("/page.js", script.outputFiles[0]!.text)]]);
    for (const [path, [name]] of Object.entries(STATIC)) files.set(path, pageFile(path, await readFile(join(source, name), "utf8")));
    return files;
}
