import { readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import tarFs from "tar-fs";
import type { BuildContext } from "../../../../system/context";

/** Name of a Dockerfile that lies outside the context, inside the archive. */
const OUTSIDE = ".dockerfile.outside-of-context";

/** The archive, everything owned by root as the CLI sends it, and the Dockerfile's name in it. */
export function archive({ directory, dockerfile, files }: BuildContext): { tar: NodeJS.ReadableStream; dockerfile: string } {
    const inside = relative(directory, dockerfile).split(sep).join("/");
    const outside = inside.startsWith("../") || resolve(inside) === inside;
    const name = outside ? OUTSIDE : inside;
    // An ignored Dockerfile is still needed by the engine, though by no COPY.
    const entries = outside || files.includes(inside) ? files : [...files, inside];
    const tar = tarFs.pack(directory, {
        entries,
        map: (header) => ({ ...header, uid: 0, gid: 0 }),
        finalize: !outside,
        finish: (pack) => {
            if (!outside) return;
            pack.entry({ name }, readFileSync(dockerfile));
            pack.finalize();
        },
    });
    return { tar, dockerfile: name };
}
