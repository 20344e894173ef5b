import { describe, expect, it } from "vitest";
import { insideLine, instancesLine } from "./instance";

describe("an instance of the app", () => {
    it("is found by its version", () => {
        expect(instancesLine("1.5.0-rc.1")).toBe("docker ps --quiet --filter label=com.docker.swarm.service.name=app-1-5-0-rc-1");
    });

    it.each<[string[], boolean, string]>([
        [[], true, "docker exec -it abc sh -c 'command -v bash > /dev/null && exec bash; exec sh'"],
        [["node", "-e", "console.log('it')"], false, `docker exec -i abc node -e 'console.log('\\''it'\\'')'`],
        [["ls", "-l", "/journal"], true, "docker exec -it abc ls -l /journal"],
    ])("runs %j, each word as it was typed", (command, terminal, line) => expect(insideLine("abc", command, terminal)).toBe(line));
});
