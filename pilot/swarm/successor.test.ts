import { describe, expect, it } from "vitest";
import { successorComes } from "./successor";
import type { SwarmService } from "./versions";

const pilot = (Env?: string[] | null): SwarmService => ({ ID: "p", Spec: { Name: "pilot", TaskTemplate: { ContainerSpec: { Env } } } });
const env = { PATH: "/bin", REGION: "us", RELEASE_WINDOW_SECONDS: "", TESTERS: "a=1,b=2" };

describe("a successor of the pilot", () => {
    it.each<[string, SwarmService | undefined, boolean]>([
        ["does not come while its service has its settings", pilot(["TESTERS=a=1,b=2", "REGION=us", "RELEASE_WINDOW_SECONDS="]), false],
        ["comes when one is another", pilot(["REGION=us", "RELEASE_WINDOW_SECONDS=3"]), true],
        ["comes when there is one more", pilot(["REGION=us", "RELEASE_KEEP_SECONDS=120"]), true],
        ["does not come for a service without settings", pilot(), false],
        ["does not come for one whose settings Docker calls null", pilot(null), false],
        ["does not come where the pilot is no service", undefined, false],
    ])("%s", (_, service, comes) => expect(successorComes(service, env)).toBe(comes));
});
