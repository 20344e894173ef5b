import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../system/run";
import { scratch } from "../../testing/scratch";
import { powerScript } from "./service";

/** Runs the script with a `docker` that knows one service, app-1-0-0, and writes down what it is told to change. */
async function told(role: string, action: "stop" | "start", kept: string) {
    const bin = scratch();
    writeFileSync(join(bin, "docker"), `#!/bin/sh
case "$1 $2 $*" in
"service ls "*role=app*) echo app-1-0-0 ;;
"service ls "*label*) ;;
"service ls "*) printf 'app-1-0-0\\ngateway\\n' ;;
"service inspect "*Labels*) echo '${kept}' ;;
"service inspect "*Order*) echo start-first ;;
*) echo "$@" ;;
esac
`);
    chmodSync(join(bin, "docker"), 0o755);
    const { code, stdout } = await run("sh", ["-c", powerScript(role, action)], { env: { PATH: `${bin}:${process.env.PATH}` } });
    return [code, stdout.trim()];
}

const nowhere = "node.labels.pocket.runs==nothing";

describe("a service of a machine", () => {
    it("is stopped by having nowhere to run, whoever wants instances of it", async () =>
        expect(await told("app", "stop", "")).toEqual([0, `service update --quiet --detach --label-add pocket.order=start-first --update-order stop-first --constraint-add ${nowhere} app-1-0-0`]));

    it("that is stopped already stays as it is", async () => expect(await told("app", "stop", "start-first")).toEqual([0, ""]));

    it("gets back what it had", async () =>
        expect(await told("app", "start", "start-first")).toEqual([0, `service update --quiet --detach --label-rm pocket.order --update-order start-first --constraint-rm ${nowhere} app-1-0-0`]));

    it("that nobody stopped stays as it is", async () => expect(await told("app", "start", "")).toEqual([0, ""]));

    it("that does not exist is refused with those that do", async () =>
        expect(await told("ap", "stop", "")).toEqual([1, "no service has that role; there are app-1-0-0 gateway"]));
});
