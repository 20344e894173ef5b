import { once } from "node:events";
import net, { createServer, Socket, type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HttpError } from "../errors/errors";
import { cut, ScriptedWeChat, silent } from "../test/wechat";
import { until } from "../test/world";
import { WeChat } from "./wechat";

describe("code2session", () => {
    let server: ScriptedWeChat;
    const clients: WeChat[] = [];
    beforeEach(async () => void (server = await ScriptedWeChat.start()));
    afterEach(async () => {
        server.stop();
        await Promise.all(clients.splice(0).map((client) => client.close()));
        vi.restoreAllMocks();
    });

    function client(times = { deadlineMs: 5_000, pauseMs: 1 }, url = server.url): WeChat {
        const made = new WeChat({ WECHAT_API_URL: url, WECHAT_APPID: "wx0123456789abcdef", WECHAT_SECRET: "wechat-secret-91bc" }, times);
        clients.push(made);
        return made;
    }

    const failure = async (login: Promise<string>) => {
        const error = await login.then(() => undefined, (thrown: HttpError) => thrown);
        return [error?.code, error?.cause];
    };

    it("is asked a second time when WeChat was busy, and not a third time", async () => {
        server.next.push({ errcode: -1, errmsg: "system error" });
        expect(await client().openid("user:ada")).toBe("oPerson-ada");
        server.next.push({ errcode: -1 }, { errcode: -1 });
        expect(await failure(client().openid("user:bob"))).toEqual(["wechat_unavailable", "errcode -1"]);
        expect(server.queries.length).toBe(4);
    });

    it("is asked a second time when no connection came about", async () => {
        const port = Number(new URL(server.url).port);
        const wechat = client({ deadlineMs: 5_000, pauseMs: 1_000 });
        server.stop();
        const login = wechat.openid("user:ada");
        await new Promise((resolve) => setTimeout(resolve, 100));
        server = await ScriptedWeChat.start(port);
        expect(await login).toBe("oPerson-ada");
    });

    it.each(["ETIMEDOUT", "ECONNRESET", "ENETDOWN"])("is asked a second time when the connection failed with %s", async (code) => {
        vi.spyOn(net, "connect").mockImplementationOnce(() => {
            const socket = new Socket();
            setImmediate(() => socket.destroy(Object.assign(new Error(`connect ${code}`), { code })));
            return socket;
        });
        expect(await client().openid("user:ada")).toBe("oPerson-ada");
        expect(server.queries.length).toBe(1);
    });

    it("is asked a second time when the connection was reset before TLS was there", async () => {
        let connections = 0;
        const reset = createServer((socket) => {
            connections += 1;
            socket.on("error", () => undefined).once("data", () => socket.resetAndDestroy());
        }).listen(0, "127.0.0.1");
        await once(reset, "listening");
        const wechat = client(undefined, `https://127.0.0.1:${(reset.address() as AddressInfo).port}`);
        expect(await failure(wechat.openid("user:ada"))).toEqual(["wechat_unavailable", "not connected"]);
        expect(connections).toBe(2);
        reset.close();
    });

    it("is given up when no connection comes about twice", async () => {
        const wechat = client();
        server.stop();
        expect(await failure(wechat.openid("user:ada"))).toEqual(["wechat_unavailable", "not connected"]);
    });

    it("is not asked again when the connection broke after the code was sent: it may be used", async () => {
        server.next.push(cut);
        expect(await failure(client().openid("user:ada"))).toEqual(["wechat_unavailable", expect.stringMatching(/^(UND_ERR_SOCKET|ECONNRESET)$/)]);
        expect(server.queries.length).toBe(1);
    });

    it("is not waited for longer than the deadline, and not asked again after it", async () => {
        server.next.push(silent);
        expect(await failure(client({ deadlineMs: 1_000, pauseMs: 1 }).openid("user:ada"))).toEqual(["wechat_unavailable", "TimeoutError"]);
        server.next.push({ errcode: -1 }, silent);
        expect(await failure(client({ deadlineMs: 2_000, pauseMs: 1 }).openid("user:ada"))).toEqual(["wechat_unavailable", "TimeoutError"]);
        await until(() => server.queries.length === 3);
    });

    it("is no matter of megabytes", async () => {
        server.next.push({ openid: "oPerson-ada", padding: "x".repeat(100_000) });
        expect(await failure(client().openid("user:ada"))).toEqual(["wechat_unavailable", "Error"]);
    });

    it.each([
        ["an errcode as a text", { errcode: "40163", errmsg: "code been used" }, ["login_code_invalid", undefined]],
        ["the same of a busy moment", { errcode: "45011", errmsg: "api minute-quota reach limit" }, ["login_busy", undefined]],
        ["the same of a wrong secret", { errcode: "40125" }, ["wechat_unavailable", "errcode 40125"]],
        ["a byte-order mark", `\uFEFF${JSON.stringify({ errcode: 40029 })}`, ["login_code_invalid", undefined]],
    ])("reads %s", async (_what, answer, expected) => {
        server.next.push(answer);
        expect(await failure(client().openid("user:ada"))).toEqual(expected);
    });

    it("is good with an errcode of 0, as a number or as a text, with a byte-order mark or without", async () => {
        const good = (errcode?: unknown) => ({ openid: "oPerson-ada", session_key: "c2Vzc2lvbg==", ...(errcode !== undefined && { errcode, errmsg: "ok" }) });
        server.next.push(good(0), good("0"), good(null), `\uFEFF${JSON.stringify(good())}`);
        const wechat = client();
        for (let n = 0; n < 4; n += 1) expect(await wechat.openid(`code-${n}`)).toBe("oPerson-ada");
    });

    it("is asked a second time when WeChat was busy and said so in a text", async () => {
        server.next.push({ errcode: "-1", errmsg: "system error" });
        expect(await client().openid("user:ada")).toBe("oPerson-ada");
    });

    it.each([[{}], [{ openid: "o", errcode: "none" }], [{ openid: "o", errcode: {} }], [[]], ["null"], [{ openid: "" }], [{ openid: 7 }], [{ openid: { $ne: "" } }]])("that says %j logs nobody in", async (answer) => {
        server.next.push(answer);
        expect((await failure(client().openid("user:ada")))[0]).toBe("wechat_unavailable");
    });
});
