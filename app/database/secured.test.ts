import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSettings } from "../settings/read";
import { Mongod } from "../test/mongod";
import { scratch } from "../test/scratch";
import { environment, until } from "../test/world";
import { Database } from "./database";

/** A private CA and a server's certificate for 127.0.0.1. */
function certify(folder: string): void {
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    for (const ca of ["ca", "stranger"]) {
        openssl("req", "-x509", ...key, "-keyout", `${ca}.key`, "-out", `${ca}.pem`, "-days", "2", "-subj", `/CN=${ca}`);
    }
    openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=db");
    writeFileSync(join(folder, "extensions"), "subjectAltName=IP:127.0.0.1\n");
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "extensions", "-out", "server.crt");
    writeFileSync(join(folder, "server.pem"), readFileSync(join(folder, "server.crt"), "utf8") + readFileSync(join(folder, "server.key"), "utf8"));
}

describe("a database with TLS and passwords", () => {
    let folder: string;
    let mongod: Mongod;
    const opened: Database[] = [];
    beforeAll(async () => {
        folder = scratch();
        certify(folder);
        mongod = await Mongod.start();
        const client = await MongoClient.connect(mongod.uri);
        await client.db("aiagent").command({ createUser: "app", pwd: "database-password-55d0", roles: ["readWrite"], writeConcern: { w: 1, j: true } });
        await client.close();
        await mongod.kill();
        const tls = ["--auth", "--tlsMode", "requireTLS", "--tlsCertificateKeyFile", join(folder, "server.pem"), "--tlsCAFile", join(folder, "ca.pem"), "--tlsAllowConnectionsWithoutCertificates"];
        await mongod.run(tls, { tls: true, tlsCAFile: join(folder, "ca.pem") });
    });
    afterAll(async () => {
        await Promise.all(opened.map((database) => database.close()));
        await mongod.stop();
    });

    /** How the first attempt ended: "ok", or the error's sentence. */
    async function attempt(change: Record<string, string>): Promise<string> {
        const env = environment({ mongod, upstream: { url: "http://model.example" }, wechat: { url: "http://wechat.example" }, journal: folder });
        const secured = { MONGODB_USER: "app", MONGODB_PASSWORD: "database-password-55d0", MONGODB_CA_FILE: join(folder, "ca.pem") };
        const settings = readSettings({ ...env, ...secured, ...change }, "/nonexistent");
        let outcome = "";
        const database = new Database(settings, [async (db) => void (await db.createIndex("users", { openid: 1 }, { unique: true }))], (ok, error) => {
            outcome ||= ok ? "ok" : String((error as Error).message);
        });
        opened.push(database);
        await database.start();
        await until(() => outcome !== "");
        return outcome;
    }

    it("lets the application user in", async () => expect(await attempt({})).toBe("ok"));

    it("refuses another password", async () => expect(await attempt({ MONGODB_PASSWORD: "another" })).toBe("Authentication failed."));

    it("is refused when another CA signed it", async () => {
        expect(await attempt({ MONGODB_CA_FILE: join(folder, "stranger.pem") })).toMatch(/certificate/);
    });

    it("is not reached without TLS", async () => expect(await attempt({ MONGODB_CA_FILE: "" })).not.toBe("ok"));

    it("is not reached without a user", async () => {
        expect(await attempt({ MONGODB_USER: "", MONGODB_PASSWORD: "" })).toMatch(/requires authentication/);
    });
});
