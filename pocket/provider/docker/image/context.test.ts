import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { extract, type Headers } from "tar-fs";
import { pipeline } from "node:stream/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../../../../testing/scratch";
import { contextDigest, readContext } from "../../../../system/context";
import { archive } from "./archive";

let root: string;
beforeEach(() => (root = scratch()));

function write(files: Record<string, string>): string {
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), text);
    }
    return join(root, "app");
}

const app = { "app/Dockerfile": "FROM scratch\nCOPY . /\n", "app/src/a.js": "a", "app/node_modules/x/i.js": "x", "app/.env": "secret" };

async function unpacked(context: ReturnType<typeof readContext>): Promise<{ dockerfile: string; headers: Headers[] }> {
    const headers: Headers[] = [];
    const { tar, dockerfile } = archive(context);
    await pipeline(tar, extract(join(root, "out"), { map: (header) => (headers.push({ ...header }), header) }));
    return { dockerfile, headers };
}

describe("a build context", () => {
    it("is every file that .dockerignore does not name", () => {
        const directory = write({ ...app, "app/.dockerignore": "node_modules\n.env\n" });
        expect(readContext(directory, join(directory, "Dockerfile")).files).toEqual([".dockerignore", "Dockerfile", "src/a.js"]);
    });

    it("brings nested files back that an exception names", () => {
        const directory = write({ ...app, "app/.dockerignore": "*\n!src\n" });
        expect(readContext(directory, join(directory, "Dockerfile")).files).toEqual(["src/a.js"]);
    });

    it("prefers the ignore file that is named after the Dockerfile", () => {
        const directory = write({ ...app, "app/.dockerignore": "", "app/Dockerfile.dockerignore": "**\n!src/a.js" });
        expect(readContext(directory, join(directory, "Dockerfile")).files).toEqual(["src/a.js"]);
    });

    it("has a digest of names, modes, contents and the Dockerfile", () => {
        const directory = write(app);
        const digest = (): string => contextDigest(readContext(directory, join(directory, "Dockerfile")));
        const seen = [digest()];
        expect(digest()).toBe(seen[0]);
        for (const change of [
            () => writeFileSync(join(directory, "src/a.js"), "b"),
            () => chmodSync(join(directory, "src/a.js"), 0o755),
            () => writeFileSync(join(directory, "src/b.js"), ""),
            () => symlinkSync("a.js", join(directory, "src/link")),
            () => writeFileSync(join(directory, "Dockerfile"), "FROM scratch\n"),
        ]) {
            change();
            expect(seen).not.toContain(digest());
            seen.push(digest());
        }
    });

    it("has no digest with a link that leads nowhere", () => {
        const directory = write(app);
        symlinkSync("gone.js", join(directory, "src/link"));
        expect(() => contextDigest(readContext(directory, join(directory, "Dockerfile")))).toThrow(`unable to hash build context: error while hashing "src/link": could not evaluate symlink at ${directory}/src/link: ENOENT`);
    });

    it("does not change with an ignored file", () => {
        const directory = write({ ...app, "app/.dockerignore": ".env" });
        const digest = (): string => contextDigest(readContext(directory, join(directory, "Dockerfile")));
        const before = digest();
        writeFileSync(join(directory, ".env"), "another");
        expect(digest()).toBe(before);
    });

    it("is packed as root's, with a Dockerfile that is ignored", async () => {
        const directory = write({ ...app, "app/.dockerignore": "*\n!src" });
        const { dockerfile, headers } = await unpacked(readContext(directory, join(directory, "Dockerfile")));
        expect(dockerfile).toBe("Dockerfile");
        expect(headers.map(({ name, uid, gid }) => ({ name, uid, gid }))).toEqual([
            { name: "src/a.js", uid: 0, gid: 0 }, { name: "Dockerfile", uid: 0, gid: 0 },
        ]);
    });

    it("takes a Dockerfile from outside along", async () => {
        const directory = write({ ...app, "build/app.Dockerfile": "FROM scratch\n" });
        const { dockerfile, headers } = await unpacked(readContext(directory, join(root, "build/app.Dockerfile")));
        expect(dockerfile).toBe(".dockerfile.outside-of-context");
        expect(headers.map((h) => h.name)).toContain(".dockerfile.outside-of-context");
    });

    it("must be there", () => {
        expect(() => readContext(join(root, "none"), join(root, "none/Dockerfile"))).toThrow(`unable to prepare context: path "${root}/none" not found`);
        expect(() => readContext(root, join(root, "Dockerfile"))).toThrow(`could not open dockerfile at path ${root}/Dockerfile`);
    });
});
