import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { FastifyInstance } from "fastify";
import { builtNames, bundlePage, pageFile, pagePaths, type PageFile } from "../build/page";

const SOURCE = join(__dirname, "..", "page");

/** The page has its own script and its own service, and makes no HTML of text: nothing else is allowed to it. */
const CSP = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
].join("; ");

/** The chat page at `/`, to try the service with. A few small files, kept in memory from the first request on. */
export function registerPage(app: FastifyInstance): void {
    let files: Promise<Map<string, PageFile>> | undefined;
    for (const path of pagePaths) {
        app.get(path, { config: { operation: "hidden" } }, async (request, reply) => {
            const { body, type, etag } = (await (files ??= readPage())).get(path)!;
            // It is asked for each time whether it changed: a page and a script of two releases do not belong together.
            void reply.headers({ "Content-Security-Policy": CSP, "Cache-Control": "no-cache", ETag: etag });
            if (request.headers["if-none-match"] === etag) return reply.code(304).send();
            return reply.type(type).send(body);
        });
    }
}

/** As it was built; from its sources where this runs from its own. */
async function readPage(): Promise<Map<string, PageFile>> {
    if (extname(__filename) === ".ts") return bundlePage(SOURCE);
    const built = pagePaths.map(async (path) => [path, pageFile(path, await readFile(join(SOURCE, builtNames[path]!), "utf8"))] as const);
    return new Map(await Promise.all(built));
}
