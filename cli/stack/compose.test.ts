import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { sourceVersion } from "../release/source";
import { composeSettings } from "./compose";

const secrets = { wechatSecret: { value: "s3cret", secret: true } };

function checkout(committed: string): { root: string; read(): string; commit(text: string): void; set(text: string): void } {
    const root = scratch();
    for (const [folder, version] of [["app", "1.0.0"], ["other", "9.0.0"]] as const) {
        mkdirSync(join(root, folder));
        writeFileSync(join(root, folder, "package.json"), JSON.stringify({ version }));
    }
    const files = { committed: join(root, "Pulumi.us.yaml"), composed: join(root, "composed.yaml") };
    writeFileSync(files.committed, committed);
    return {
        root,
        read: () => composeSettings("us", secrets, () => "a passphrase", files),
        commit: (text) => writeFileSync(files.committed, text),
        set: (text) => writeFileSync(files.composed, readFileSync(files.composed, "utf8").replace("config:", `config:\n  ${text}`)),
    };
}

it("a release takes the app's folder that the settings name now, not the one of the last up", () => {
    const { root, read, commit } = checkout("config:\n  antipode:domain: yourapp.com\n");
    expect(sourceVersion(read(), root)).toBe("1.0.0");
    commit("config:\n  antipode:domain: yourapp.com\n  antipode:appFolder: other\n");
    expect(sourceVersion(read(), root)).toBe("9.0.0");
});

it("a release takes the app's folder that was set on the pocket cloud alone", () => {
    const { root, read, set } = checkout("config:\n  antipode:domain: yourapp.com\n");
    read();
    set("antipode:appFolder: other");
    expect(sourceVersion(read(), root)).toBe("9.0.0");
});
