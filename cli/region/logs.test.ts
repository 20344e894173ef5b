import { describe, expect, it } from "vitest";
import { logLine } from "./logs";

describe("the line that shows logs", () => {
    it("follows every service when none is told", () => {
        expect(logLine({ follow: true, lines: 50 })).toContain(
            `names=$(docker service ls --format '{{.Name}}'); [ -n "$names" ]`,
        );
        expect(logLine({ follow: true, lines: 50 })).toContain("--timestamps --tail 50 --follow");
    });

    it("finds a service by its role, and nothing else by what is typed", () => {
        expect(logLine({ service: "app", follow: false, lines: 5 })).toContain("grep -E '^app(-[0-9]|$)'");
        expect(logLine({ service: "x'; reboot", follow: false, lines: 5 })).toContain("grep -E '^xreboot(-[0-9]|$)'");
    });
});
