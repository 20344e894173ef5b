import { expect, it, vi } from "vitest";
import { startOf } from "./identity";

let code = "";
vi.mock("node:fs", () => ({
    readFileSync: () => {
        throw Object.assign(new Error(code), { code });
    },
}));

it.each(["EMFILE", "ENFILE", "EACCES", "EPERM"])("is unknown, and not gone, when /proc answers %s", (reason) => {
    code = reason;
    expect(() => startOf(1)).toThrow(reason);
});

it.each(["ENOENT", "ESRCH"])("is gone when /proc answers %s", (reason) => {
    code = reason;
    expect(startOf(1)).toBeUndefined();
});
