import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { testerProof } from "../auth/tester";
import { complaints, launch, phone } from "../test/browser";
import { CuttingProxy } from "../test/cutting-proxy";
import { done, gate, open, refuses, says, stalls, token as piece, usage } from "../test/upstream";
import { until, World, type App } from "../test/world";

/** Chromium shares this machine with everything else that is tested. */
const PATIENCE_MS = 60_000;
const TESTER_KEY = "0aZ9".repeat(16);
vi.setConfig({ testTimeout: 180_000 });

describe("the chat page on a phone", () => {
    let world: World;
    let app: App;
    let line: CuttingProxy;
    let browser: Browser;
    let people = 0;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ DEV_LOGIN: "true", TESTER_KEY });
        line = await CuttingProxy.start(app.service.port);
        browser = await launch();
    });
    afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
    afterAll(async () => {
        await browser?.close();
        line.stop();
        await world.stop();
    });

    async function visit(more = {}): Promise<Page> {
        const context = await browser.newContext({ ...phone, ...more });
        context.setDefaultTimeout(PATIENCE_MS);
        const page = await context.newPage();
        await page.goto(line.url);
        return page;
    }

    async function login(page: Page, code = `dev:person-${(people += 1)}`): Promise<string> {
        await page.getByLabel("Login code").fill(code);
        await page.getByRole("button", { name: "Log in" }).tap();
        await page.getByLabel("Message").waitFor();
        return code;
    }

    async function say(page: Page, text: string): Promise<void> {
        await page.getByLabel("Message").fill(text);
        await page.getByRole("button", { name: "Send" }).tap();
    }

    /** What stands in the conversation, without what only a screen reader is told. */
    const said = (page: Page) => page.locator("#log p.text").allTextContents();
    const shows = (page: Page, ...texts: string[]) => until(async () => JSON.stringify(await said(page)) === JSON.stringify(texts));
    const waits = (page: Page) => page.getByRole("button", { name: "Send" }).waitFor();

    it("tells the gateway of its user's proof, over a reload and until he leaves, and hands its cookies on", async () => {
        const page = await visit();
        await page.context().addCookies([{ name: "antipode_tester", value: "of-a-link", url: line.url }]);
        const told: [path: string, proof: string | undefined, cookie: string | undefined][] = [];
        page.on("request", (request) => void request.allHeaders().then((headers) => told.push([new URL(request.url()).pathname, headers["x-antipode-tester"], headers.cookie])));
        const proof = testerProof(await login(page), TESTER_KEY);
        world.upstream.script = says("Hello");
        await say(page, "Hi");
        await shows(page, "Hi", "Hello");
        await page.reload();
        await shows(page, "Hi", "Hello");
        await until(() => told.some(([path]) => path.endsWith("/messages")));
        const asked = told.filter(([path]) => path.startsWith("/api/"));
        expect(asked.map(([path, ...rest]) => [path.replace(/[0-9a-f-]{36}/, ":id"), ...rest])).toEqual([
            ["/api/auth/login", undefined, "antipode_tester=of-a-link"],
            ["/api/chat", proof, "antipode_tester=of-a-link"],
            ["/api/sessions/:id/messages", proof, "antipode_tester=of-a-link"],
        ]);
        told.splice(0);
        await page.getByRole("button", { name: "Log out" }).tap();
        await login(page, "dev:nobody");
        await until(() => told.length > 0);
        expect(told).toEqual([["/api/auth/login", undefined, "antipode_tester=of-a-link"]]);
    });

    it("fits, can be touched, and names what it has", async () => {
        const page = await visit();
        const found = complaints(page);
        await login(page);
        expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight")).toBe(true);
        for (const name of ["Send", "New chat", "Log out"]) {
            const box = (await page.getByRole("button", { name }).boundingBox())!;
            expect([name, box.height >= 44, box.width >= 44]).toEqual([name, true, true]);
        }
        expect(await page.getByLabel("Message").evaluate((element) => parseFloat((globalThis as any).getComputedStyle(element).fontSize))).toBeGreaterThanOrEqual(16);
        const send = page.getByRole("button", { name: "Send" });
        expect(await send.evaluate((element) => element.clientHeight === element.scrollHeight && element.clientHeight < 60)).toBe(true);
        expect(await page.getByRole("log").getAttribute("aria-label")).toBe("Conversation");
        const light = await page.evaluate("getComputedStyle(document.body).backgroundColor");
        await page.emulateMedia({ colorScheme: "dark" });
        expect([light, await page.evaluate("getComputedStyle(document.body).backgroundColor")]).toEqual(["rgb(255, 255, 255)", "rgb(16, 19, 24)"]);
        expect(found).toEqual([]);
    });

    it("speaks Chinese to whoever does", async () => {
        const page = await visit({ locale: "zh-CN" });
        await page.getByRole("button", { name: "登录" }).waitFor();
        expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
        await page.getByLabel("登录凭证").fill("nobody");
        await page.getByRole("button", { name: "登录" }).tap();
        await until(async () => (await page.getByRole("alert").textContent())!.includes("login_code_invalid"));
    });

    it("shows an answer as it comes, thoughts apart, and text as text", async () => {
        const page = await visit();
        const found = complaints(page);
        await login(page);
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(`data: ${JSON.stringify({ choices: [{ delta: { reasoning_content: "A tag?" } }] })}\n\n${piece("<img src=x onerror=alert(1)> ")}`);
            await rest.wait;
            response.end(piece("你好", "stop") + usage + done);
        };
        await say(page, "<b>Hi</b>");
        await shows(page, "<b>Hi</b>", "<img src=x onerror=alert(1)> ");
        expect(await page.locator("#log li").last().getAttribute("aria-busy")).toBe("true");
        rest.open();
        await shows(page, "<b>Hi</b>", "<img src=x onerror=alert(1)> 你好");
        await waits(page);
        expect(await page.locator("#log li").last().getAttribute("aria-busy")).toBe("false");
        expect(await page.locator("#log details p").textContent()).toBe("A tag?");
        expect(await page.locator("#log img, #log b").count()).toBe(0);
        expect(found).toEqual([]);
    });

    it("goes on after a cut, without a word twice", async () => {
        const page = await visit();
        await login(page);
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("one "));
            await rest.wait;
            response.end(piece("two", "stop") + usage + done);
        };
        const asked = world.upstream.seen.length;
        await say(page, "Count");
        await shows(page, "Count", "one ");
        line.port = 1;
        line.cut();
        await until(async () => (await page.getByRole("status").textContent())!.startsWith("The connection was lost."));
        rest.open();
        line.port = app.service.port;
        await shows(page, "Count", "one two");
        await waits(page);
        expect(await page.getByRole("status").textContent()).toBe("");
        expect(world.upstream.seen.length).toBe(asked + 1);
    });

    it("stops an answer, and keeps what was said", async () => {
        const page = await visit();
        await login(page);
        world.upstream.script = stalls(piece("so far"));
        await say(page, "Go on for ever");
        await shows(page, "Go on for ever", "so far");
        await page.getByRole("button", { name: "Stop" }).tap();
        await waits(page);
        expect(await page.locator("#log .speaker").last().textContent()).toBe("Stopped.");
        world.upstream.script = says("yes");
        await say(page, "And now?");
        await shows(page, "Go on for ever", "so far", "And now?", "yes");
    });

    it("goes on after a reload, in the middle and after the end", async () => {
        const page = await visit();
        await login(page);
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("one "));
            await rest.wait;
            response.end(piece("two", "stop") + usage + done);
        };
        await say(page, "Count");
        await shows(page, "Count", "one ");
        await page.reload();
        await shows(page, "Count", "one ");
        rest.open();
        await shows(page, "Count", "one two");
        await waits(page);
        await page.reload();
        await shows(page, "Count", "one two");
        await page.getByRole("button", { name: "New chat" }).tap();
        await shows(page);
    });

    it("leaves its answer to another tab, and takes it back", async () => {
        const page = await visit();
        const code = await login(page);
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("one "));
            await rest.wait;
            response.end(piece("two", "stop") + usage + done);
        };
        await say(page, "Count");
        await shows(page, "Count", "one ");
        const other = await visit();
        await login(other, code);
        world.upstream.script = says("here");
        await say(other, "Where?");
        await shows(other, "Where?", "here");
        await until(async () => (await page.locator("#log .speaker").last().textContent()) === "This answer goes on in another tab or on another device.");
        await page.getByRole("button", { name: "Go on here" }).tap();
        await shows(page, "Count", "one ");
        rest.open();
        await shows(page, "Count", "one two");
    });

    it("tells a failure by its code, and tries again", async () => {
        const page = await visit();
        await login(page);
        world.upstream.script = refuses(400, { error: { code: "SensitiveContentDetected", message: "no", type: "BadRequest" } });
        await say(page, "Hi");
        await page.locator("#log .error code").waitFor();
        expect(await page.locator("#log .error code").textContent()).toMatch(/^(content|upstream)_refused$/);
        world.upstream.script = (response) => void open(response).end(piece("half"));
        await say(page, "More");
        await until(async () => (await page.locator("#log .error code").last().textContent()) === "upstream_cut");
        world.upstream.script = says("whole");
        await page.getByRole("button", { name: "Try again" }).tap();
        await until(async () => (await said(page)).at(-1) === "whole");
    });

    it("tries again with the same key where it heard no end", async () => {
        const page = await visit();
        await login(page);
        world.upstream.script = says("Hello");
        const keys: (string | undefined)[] = [];
        await page.route("**/api/chat", (route) => {
            keys.push(route.request().headers()["idempotency-key"]);
            if (keys.length > 1) return route.continue();
            return route.fulfill({ status: 429, headers: { "retry-after": "60" }, contentType: "text/html", body: "<h1>Too many requests</h1>" });
        });
        await say(page, "Hi");
        await page.getByRole("button", { name: "Try again" }).tap();
        await shows(page, "Hi", "Hello");
        expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    });

    it("begins a new session where the old one is gone", async () => {
        const page = await visit();
        await login(page);
        await page.evaluate(`sessionStorage.antipode = JSON.stringify({ ...JSON.parse(sessionStorage.antipode), sessionId: "${crypto.randomUUID()}" })`);
        await page.reload();
        await until(async () => (await page.getByRole("status").textContent())!.includes("session_not_found"));
        world.upstream.script = says("yes");
        await say(page, "Hi");
        await shows(page, "Hi", "yes");
    });

    it("asks again for a login that has expired, and goes on with the question", async () => {
        const page = await visit();
        const code = await login(page);
        world.upstream.script = says("yes");
        await page.evaluate('sessionStorage.antipode = JSON.stringify({ token: "nonsense" })');
        await page.reload();
        await say(page, "Hi");
        await page.getByText("You were logged out.").waitFor();
        await login(page, code);
        await shows(page, "Hi", "yes");
    });

    it("has a document of the interface that Chromium can show", async () => {
        const page = await visit();
        const found = complaints(page);
        await page.goto(`${line.url}/docs`);
        await page.getByRole("heading", { name: "Antipode" }).first().waitFor();
        await page.locator("#operations-chat-chat").waitFor();
        expect(found).toEqual([]);
    });
});
