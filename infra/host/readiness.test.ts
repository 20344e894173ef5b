import { appendFileSync, chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { waitForMachine } from "./readiness";

const path = process.env.PATH;
let folder: string;

/** Lays an ssh onto the PATH that answers each command with the next of its lines, `code text`, and with the last one from there on. */
function machine(answers: { cloudInit: string[]; docker?: string[] }): void {
    folder = scratch();
    process.env.PATH = `${folder}:${path}`;
    for (const [name, lines] of Object.entries({ docker: ["0 active"], ...answers })) writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
    appendFileSync(join(folder, "ssh"), `#!/bin/bash
case "\${@: -1}" in
    true) exit 0 ;;
    *tail*) echo "the end of the log"; exit 0 ;;
    *cloud-init*) name=cloudInit ;;
    *) name=docker ;;
esac
echo asked >> ${folder}/$name.asked
lines=$(wc -l < ${folder}/$name) asked=$(wc -l < ${folder}/$name.asked)
read -r code text < <(sed -n "$((asked < lines ? asked : lines))p" ${folder}/$name)
echo "$text"
exit $code
`);
    chmodSync(join(folder, "ssh"), 0o700);
}

const asked = (name: string) => (existsSync(join(folder, `${name}.asked`)) ? readFileSync(join(folder, `${name}.asked`), "utf8").trim().split("\n").length : 0);
const wait = (timeoutSeconds = 60) => waitForMachine({
    host: "192.0.2.1", user: "ubuntu", privateKey: "k", hostPrivateKey: "k", hostPublicKey: "k", bootstrapPublicKey: "k", timeoutSeconds, stack: "us",
});
const log = "The end of its /var/log/cloud-init-output.log:\nthe end of the log";
const remedy = "When the cause is mended, make the machine anew: pulumi up -s us --replace '**::us-machine' (on the pocket cloud: npx antipode pulumi -- up -s us --replace '**::us-machine').";

describe("the readiness gate", () => {
    beforeEach(() => void (process.env.PATH = path));

    it("asks again when the line is cut while the first start goes on", async () => {
        machine({ cloudInit: ["255", "255", "0 0"] });
        await wait();
        expect([asked("cloudInit"), asked("docker")]).toEqual([3, 1]);
    });

    it("takes warnings for done, and waits for the Swarm", async () => {
        machine({ cloudInit: ["0 2"], docker: ["0 inactive", "0 active"] });
        await wait();
        expect([asked("cloudInit"), asked("docker")]).toEqual([1, 2]);
    });

    it("tells of a first start that failed, with the log and the remedy", async () => {
        machine({ cloudInit: ["0 1"] });
        await expect(wait()).rejects.toThrow(new Error(`The machine 192.0.2.1 answers, but its first start failed. ${log}\n${remedy}`));
    });

    it("tells of a line that stays cut", async () => {
        machine({ cloudInit: ["255"] });
        await expect(wait(1)).rejects.toThrow(new Error(`The machine 192.0.2.1 answers, but its first start did not end in time. ${log}\n${remedy}`));
    });

    it("tells of a Docker that is no Swarm", async () => {
        machine({ cloudInit: ["0 0"], docker: ["0 inactive"] });
        await expect(wait(1)).rejects.toThrow(new Error(`Docker on 192.0.2.1 is not an active Swarm: inactive. ${log}\n${remedy}`));
    });
});
