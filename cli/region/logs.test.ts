import { describe, expect, it } from "vitest";
import { logLine } from "./logs";

describe("the line that shows logs", () => {
    it("follows every service when none is told", () => {
        expect(logLine({ follow: true, lines: 50 })).toContain(
            `names=$(docker service ls --format '{{.Name}}'); [ -n "$names" ]`,
        );
        expect(logLine({ follow: true, lines: 50 })).toContain("--timestamps --tail 50 --follow");
    });

    it("takes the last of all tasks together, unless it follows", () => {
        expect(logLine({ follow: false, lines: 5 })).toMatch(/do timeout 20 docker service logs .* --tail 5 "\$name" 2>&1 \| sort --stable --key=1,1 \| tail -n 5 & /);
        expect(logLine({ follow: true, lines: 5 })).not.toContain("sort");
    });

    it("finds a service by its role, and nothing else by what is typed", () => {
        expect(logLine({ service: "app", follow: false, lines: 5 })).toContain("grep -E '^app(-[0-9]|$)'");
        expect(logLine({ service: "x'; reboot", follow: false, lines: 5 })).toContain("grep -E '^xreboot(-[0-9]|$)'");
    });

    it("takes one version of the app, and none that begins like it", () => {
        expect(logLine({ version: "1.5.0", follow: false, lines: 5 })).toContain("grep -E '^app-1-5-0$')");
    });
});
