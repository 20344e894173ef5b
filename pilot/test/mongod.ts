import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { authority } from "./authority";
import { scratch } from "./scratch";
import { freePorts, until } from "./until";

/** A mongod on the PATH, or the one that MONGOD names. */
export const mongodProgram = [process.env.MONGOD, "mongod"].find((path) => path !== undefined && spawnSync(path, ["--version"]).status === 0);

/** A real mongod as the image runs it: authorization, TLS required, a unix socket; empty. */
export async function mongod() {
    const folder = scratch();
    const [port] = (await freePorts(1)) as [number];
    const ca = await authority();
    for (const name of ["db", "run"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "mongod.pem"), await ca.issue("db.cn.yourapp.test"), { mode: 0o600 });
    writeFileSync(join(folder, "ca.pem"), ca.pem);
    const process: ChildProcess = spawn(
        mongodProgram!,
        [
            "--dbpath", join(folder, "db"), "--port", String(port), "--bind_ip", "127.0.0.1", "--auth", "--quiet",
            "--tlsMode", "requireTLS", "--tlsCertificateKeyFile", join(folder, "mongod.pem"), "--tlsCAFile", join(folder, "ca.pem"),
            "--tlsAllowConnectionsWithoutCertificates", "--unixSocketPrefix", join(folder, "run"), "--filePermissions", "0600",
            "--wiredTigerCacheSizeGB", "0.25", "--setParameter", "ttlMonitorSleepSecs=1",
        ],
        { stdio: "ignore" },
    );
    const socket = join(folder, "run", `mongodb-${port}.sock`);
    await until(() => existsSync(socket), "mongod's socket");
    return {
        socket,
        port,
        ca: join(folder, "ca.pem"),
        async stop() {
            const gone = new Promise((resolve) => process.once("exit", resolve));
            process.kill("SIGKILL");
            await gone;
        },
    };
}
