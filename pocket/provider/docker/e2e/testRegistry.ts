import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** As much of a registry (OCI distribution 1.1) as a push needs, behind basic authentication, in memory. */
export interface TestRegistry {
    host: string;
    /** By "repository:tag"; the digest as the registry computed it. */
    manifests: Map<string, string>;
    close(): Promise<void>;
}

export async function startTestRegistry(username: string, password: string): Promise<TestRegistry> {
    const manifests = new Map<string, string>();
    const blobs = new Set<string>();
    const sha = (body: Buffer): string => `sha256:${createHash("sha256").update(body).digest("hex")}`;
    const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    const server = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on("data", (chunk: Buffer) => parts.push(chunk));
        request.on("end", () => {
            const url = new URL(request.url ?? "/", "http://registry");
            const answer = (status: number, headers: Record<string, string> = {}): void => void response.writeHead(status, { "content-length": "0", ...headers }).end();
            const manifest = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url.pathname);
            if (request.headers.authorization !== wanted) return answer(401, { "www-authenticate": 'Basic realm="test"' });
            if (url.pathname === "/v2/") return answer(200);
            if (request.method === "POST") return answer(202, { location: `${url.pathname}1`, range: "0-0" });
            if (request.method === "PATCH") return answer(202, { location: url.pathname, range: `0-${Buffer.concat(parts).length - 1}` });
            if (request.method === "PUT" && manifest) {
                const digest = sha(Buffer.concat(parts));
                manifests.set(`${manifest[1]}:${manifest[2]}`, digest);
                return answer(201, { "docker-content-digest": digest });
            }
            const digest = url.searchParams.get("digest") ?? url.pathname.split("/").at(-1) ?? "";
            if (request.method === "PUT") return blobs.add(digest), answer(201, { "docker-content-digest": digest });
            return blobs.has(digest) ? answer(200, { "docker-content-digest": digest }) : answer(404);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        manifests,
        close: () => new Promise((resolve) => {
            server.closeAllConnections();
            server.close(() => resolve());
        }),
    };
}
