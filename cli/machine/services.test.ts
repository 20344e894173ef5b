import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { run } from "../run";
import { withoutServices } from "./services";

it("lets no service start while packages are installed, and leaves nothing", async () => {
    const file = join(scratch(), "policy-rc.d");
    const asked = await withoutServices(async () => [(await run(file, ["docker", "start"])).code, statSync(file).mode & 0o777], file);
    expect(asked).toEqual([101, 0o755]);
    expect(existsSync(file)).toBe(false);
});

it("takes its policy away when the installation fails", async () => {
    const file = join(scratch(), "policy-rc.d");
    await expect(withoutServices(() => Promise.reject(new Error("no mirror")), file)).rejects.toThrow("no mirror");
    expect(existsSync(file)).toBe(false);
});

it("keeps a policy that the machine has", async () => {
    const file = join(scratch(), "policy-rc.d");
    writeFileSync(file, "#!/bin/sh\nexit 104\n");
    await withoutServices(async () => undefined, file);
    expect(readFileSync(file, "utf8")).toBe("#!/bin/sh\nexit 104\n");
});
