import { mkdirSync, readdirSync, readFileSync, renameSync, existsSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { run } from "../cli/run";
import { Fault } from "../errors/fault";
import { home } from "../pocket/home";

const source = join(__dirname, "instruments");

/** The path of the program that bench/instruments makes, built when it was not built from this very source. */
export async function instruments(): Promise<string> {
    const hash = createHash("sha256");
    for (const name of readdirSync(source).sort()) hash.update(`${name}\n`).update(readFileSync(join(source, name)));
    const file = join(home.cache, `instruments-${hash.digest("hex").slice(0, 16)}`, "instruments");
    if (existsSync(file)) return file;
    mkdirSync(dirname(file), { recursive: true });
    const next = `${file}.${process.pid}.next`;
    const built = await run("go", ["build", "-trimpath", "-o", next, "."], { cwd: source, env: { ...process.env, CGO_ENABLED: "0" } }).catch((error: Error) => ({ code: 1, stderr: error.message }));
    if (built.code !== 0) throw new Fault("BENCH_NOT_BUILT", { what: "bench/instruments (needs Go 1.22 or newer)", reason: built.stderr });
    renameSync(next, file);
    return file;
}
