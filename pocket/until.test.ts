import { expect, it } from "vitest";
import { until } from "./until";

it("takes a check that throws or gives nothing true for not yet", async () => {
    const answers = [() => { throw new Error("not up"); }, () => 0, () => "", () => "up"];
    expect(await until(() => answers.shift()!(), { seconds: 5, every: 1 })).toBe("up");
});

it("says what it waited for, with the last error as the cause", async () => {
    const waiting = until(() => Promise.reject(new Error("connection refused")), { seconds: 0.02, every: 5, what: "the engine" });
    await expect(waiting).rejects.toMatchObject({ message: "waited 0.02 s for the engine", cause: new Error("connection refused") });
});
