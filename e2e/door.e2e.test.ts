import { describe, expect, it } from "vitest";
import { inApp, run, stackOutput, visitor } from "./pocket";

/** Opens ports with bash alone, as any machine can. Prints the open ones. */
const scan = (host: string, ports: string) =>
    `for port in ${ports}; do (timeout 2 bash -c "exec 3<>/dev/tcp/${host}/$port" 2>/dev/null && echo $port) & done; wait`;

const ping = (uri: string, options: string) => inApp("us", `
    const { MongoClient } = require("mongodb"); const { readFileSync } = require("fs");
    new MongoClient(${JSON.stringify(uri)}, { serverSelectionTimeoutMS: 3000, ${options} }).connect()
        .then((client) => client.db("aiagent").collection("users").countDocuments().then(() => console.log("in"), (e) => console.log("refused: " + e.codeName)))
        .catch((e) => console.log("shut: " + e.name)).finally(() => process.exit(0));`);

describe("the door of the database", () => {
    it("lets the us machine in, by TLS and as the application's user", async () => {
        const { database } = await stackOutput("cn");
        const auth = `auth: { username: ${JSON.stringify(database.user)}, password: readFileSync("/run/secrets/MONGODB_PASSWORD", "utf8") }, tls: true, tlsCAFile: "/run/secrets/MONGODB_CA"`;
        expect((await ping(database.uri, auth)).trim()).toBe("in");
    });

    it("lets nobody in without a password or without TLS", async () => {
        const { database } = await stackOutput("cn");
        expect((await ping(database.uri, `tls: true, tlsCAFile: "/run/secrets/MONGODB_CA"`)).trim()).toBe("refused: Unauthorized");
        expect((await ping(database.uri.replace("tls=true", "tls=false"), "")).trim()).toMatch(/^shut: Mongo/);
    });

    it.each(["us", "cn", "eu"])("is not there for a visitor in %s", async (place) => {
        const { address } = await stackOutput("cn");
        expect((await visitor(place, "bash", "-c", scan(address, "27017"))).stdout).toBe("");
    });

    it("is not there for the operator's own computer", async () => {
        const { address } = await stackOutput("cn");
        expect((await run("bash", ["-c", scan(address, "22 27017")])).stdout.trim()).toBe("22");
    });
});

describe("a scan", () => {
    it.each(["cn", "us"])("of %s from a visitor finds 80 and 443 and nothing else", async (region) => {
        const { address } = await stackOutput(region);
        const { stdout } = await visitor("eu", "bash", "-c", scan(address, "{1..1024} 2375 2376 2377 4789 7946 8000 8080 8443 9090 9100 27017 27018 27019"));
        expect(stdout.trim().split("\n").map(Number).sort((a, b) => a - b)).toEqual([80, 443]);
    }, 180_000);

});
