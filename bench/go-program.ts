import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../cli/run";
import { Fault } from "../errors/fault";
import { home } from "../pocket/home";

export interface GoProgram {
    name: string;
    /** With its go.mod. */
    folder: string;
    /** The package, as go.mod's module sees it. */
    package: string;
    /** The oldest Go that builds it. */
    go: string;
}

/** The path of a program in Go, built when it was not built from this very source. Throws BENCH_NOT_BUILT. */
export async function goProgram({ name, folder, package: path, go }: GoProgram): Promise<string> {
    const hash = createHash("sha256");
    for (const file of readdirSync(folder).sort()) hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
    const file = join(home.cache, `${name}-${hash.digest("hex").slice(0, 16)}`, name);
    if (existsSync(file)) return file;
    mkdirSync(dirname(file), { recursive: true });
    const next = `${file}.${process.pid}.next`;
    const built = await run("go", ["build", "-trimpath", "-o", next, path], { cwd: folder, env: { ...process.env, CGO_ENABLED: "0" } }).catch((error: Error) => ({ code: 1, stderr: error.message }));
    if (built.code !== 0) throw new Fault("BENCH_NOT_BUILT", { what: `${name} (needs Go ${go} or newer)`, reason: built.stderr });
    renameSync(next, file);
    return file;
}
