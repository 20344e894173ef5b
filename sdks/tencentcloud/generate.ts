/**
 * Makes the package from schema.json: `npx tsx sdks/tencentcloud/generate.ts`, with `pulumi` on the PATH.
 * The result is compiled and committed, so that a fresh clone needs no engine before `npm ci`.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

const here = __dirname;
const work = mkdtempSync(join(tmpdir(), "tencentcloud-sdk-"));
try {
    execFileSync("pulumi", ["package", "gen-sdk", join(here, "schema.json"), "--language", "nodejs", "--local", "--out", work], { stdio: "inherit" });
    const source = join(work, "nodejs");
    symlinkSync(join(here, "../../node_modules"), join(work, "node_modules"));

    const compiled = join(work, "compiled");
    execFileSync(process.execPath, [
        require.resolve("typescript/bin/tsc"), "-p", source, "--outDir", compiled, "--declarationDir", join(source, "declarations"), "--declarationMap", "false",
    ], { stdio: "inherit" });

    // One file, beside package.json: the generated code asks "./package.json" for its version. Bundled after the
    // compiler, because its lazy loading assigns to the CommonJS `exports`.
    buildSync({
        entryPoints: [join(compiled, "index.js")],
        outfile: join(here, "index.js"),
        bundle: true,
        platform: "node",
        target: "node20",
        external: ["@pulumi/pulumi", "./package.json"],
        legalComments: "none",
    });
    rmSync(join(here, "declarations"), { recursive: true, force: true });
    cpSync(join(source, "declarations"), join(here, "declarations"), { recursive: true });

    // The engine reads which plugin serves the package, and with which parameter, from this part of package.json.
    const generated = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
    const own = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
    writeFileSync(join(here, "package.json"), `${JSON.stringify({ ...own, version: generated.version, pulumi: generated.pulumi }, null, 2)}\n`);
} finally {
    rmSync(work, { recursive: true, force: true });
}
