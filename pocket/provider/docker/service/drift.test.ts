import { expect, it } from "vitest";
import { neverSettled } from "./drift";

const paths = (spec: object) => neverSettled(spec as never).map(({ path, kind }) => `${kind} ${path}`);

it("is nothing when all is said as it is read back", () =>
    expect(paths({ taskSpec: { containerSpec: { stopGracePeriod: "1m30s" }, restartPolicy: { condition: "any", delay: "1s", window: "0s" } }, updateConfig: { delay: "0s", monitor: "2s" } })).toEqual([]));

it("is a restart policy without its window", () => expect(paths({ taskSpec: { restartPolicy: { condition: "any" } } })).toEqual(["delete taskSpec.restartPolicy.window"]));

it("is a duration in other words", () => expect(paths({ taskSpec: { containerSpec: { stopGracePeriod: "60s" } }, updateConfig: { monitor: "120s" } })).toEqual([
    "update taskSpec.containerSpec.stopGracePeriod", "update updateConfig.monitor",
]));
