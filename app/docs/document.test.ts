import { Validator } from "@seriousme/openapi-schema-validator";
import Fastify, { type RouteOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpErrors, streamErrors } from "../errors/errors";
import { World, type App } from "../test/world";
import { describe as describeRoute, registerDocument } from "./document";
import { beforeRoutes } from "./errors";
import { eventSchemas } from "./events";

interface Response { description: string; content?: Record<string, { schema: any; examples?: Record<string, unknown> }> }
interface Described { operationId: string; summary: string; tags: string[]; security?: object[]; requestBody?: { content: Record<string, { schema: any }> }; responses: Record<string, Response> }

describe("the document of the interface", () => {
    let world: World;
    let app: App;
    let document: any;
    let operations: [name: string, operation: Described][];
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
        document = await (await app.get("/docs/json")).json();
        operations = Object.entries<Record<string, Described>>(document.paths).flatMap(([path, methods]) =>
            Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as [string, Described]),
        );
    });
    afterAll(() => world.stop());

    it("is valid OpenAPI 3.1", async () => {
        expect(await new Validator().validate(document)).toMatchObject({ valid: true });
        expect(document.openapi).toBe("3.1.0");
        // What zod makes stands in it as it is, and nothing of the machine.
        expect(JSON.stringify(document)).not.toMatch(/\$schema|def-\d|127\.0\.0\.1/);
    });

    it("has every route that is not hidden, and says something of each", () => {
        const names = operations.map(([name]) => name);
        expect(names).toEqual(expect.arrayContaining(["POST /api/auth/login", "POST /api/chat", "GET /api/sessions/{id}/messages", "GET /health", "GET /api/health"]));
        for (const [name, { operationId, summary, tags, responses }] of operations) {
            expect([name, operationId, summary, tags]).toEqual([name, expect.any(String), expect.any(String), [expect.any(String)]]);
            expect([name, Object.keys(responses).some((status) => status.startsWith("2"))]).toEqual([name, true]);
            for (const { description } of Object.values(responses)) expect([name, description]).not.toEqual([name, "Default Response"]);
        }
        expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
    });

    it("finds a route that says nothing", async () => {
        const bare = Fastify();
        await registerDocument(bare, "1.0.0");
        bare.get("/forgotten", () => "");
        bare.get("/file.js", { config: { operation: "hidden" } }, () => "");
        await bare.ready();
        expect(bare.swagger().paths).toEqual({ "/forgotten": { get: { responses: { 200: { description: "Default Response" } } } } });
        await bare.close();
    });

    it("has every error with its status, at an operation or as one of any request, and at the top", () => {
        const stated = new Set<string>();
        for (const [name, { responses }] of operations) {
            for (const [status, { content }] of Object.entries(responses)) {
                for (const code of (content?.["application/json"]?.schema.properties?.code?.enum ?? []) as (keyof typeof httpErrors)[]) {
                    stated.add(code);
                    expect([name, code, Number(status)]).toEqual([name, code, httpErrors[code][0]]);
                }
            }
        }
        expect([...stated, ...beforeRoutes].sort()).toEqual(Object.keys(httpErrors).sort());
        for (const code of [...Object.keys(httpErrors), ...Object.keys(streamErrors)]) expect(document.info.description).toContain(`\`${code}\``);
    });

    it("has every event, with an example that is one", () => {
        const { schemas } = document.components;
        expect(schemas.ChatEvent.oneOf.length).toBe(Object.keys(eventSchemas).length);
        for (const [type, schema] of Object.entries(eventSchemas)) {
            const { examples, required } = schemas[schemas.ChatEvent.discriminator.mapping[type].split("/").at(-1)];
            expect(schema.parse(examples[0])).toEqual(examples[0]);
            expect(required[0]).toBe("type");
        }
        const chat = document.paths["/api/chat"].post;
        expect(chat.responses["200"].content).toEqual({ "text/event-stream": { schema: { $ref: "#/components/schemas/StreamedEvent" } } });
    });

    it("tells of events as the service sends them", async () => {
        const { events } = await app.chat(await app.login(), { message: "Hi" });
        expect(events.length).toBeGreaterThan(3);
        for (const { type, data } of events.slice(0, -1)) expect(eventSchemas[type as keyof typeof eventSchemas].parse(data)).toEqual(data);
    });

    it("says what the checks say, for it is made from them", () => {
        const { schema } = document.paths["/api/chat"].post.requestBody.content["application/json"];
        expect(schema).toMatchObject({
            type: "object",
            required: ["message"],
            additionalProperties: false,
            properties: { message: { type: "string", maxLength: 8000, pattern: "\\S" }, sessionId: { type: "string", format: "uuid" } },
        });
        const { parameters } = document.paths["/api/sessions/{id}/messages"].get;
        expect(parameters.map((one: any) => [one.in, one.name, one.required, one.schema.maximum])).toEqual([
            ["query", "limit", false, 100],
            ["query", "before", false, 1_000_000],
            ["path", "id", true, undefined],
        ]);
    });

    it("knows a route that needs a token by its hook", () => {
        expect(operations.filter(([, { security }]) => security).map(([name]) => name)).toContain("POST /api/chat");
        for (const [name, { security, responses }] of operations) {
            if (security) expect([name, Object.keys(responses["401"]!.content!["application/json"]!.examples!)]).toEqual([name, ["unauthorized", "token_expired"]]);
        }
        expect(describeRoute({ url: "/", method: "GET", config: { operation: "hidden" } } as RouteOptions)).toEqual({ hide: true });
    });

    it("is shown to people, under a policy that its page can live with", async () => {
        const page = await app.get("/docs");
        expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
        const policy = page.headers.get("content-security-policy")!;
        expect(policy).toContain("script-src 'self'");
        expect(policy).not.toContain("unsafe");
        const text = await page.text();
        expect(text).not.toMatch(/<script(?![^>]* src=)/);
        for (const [, file] of text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)) expect([file, (await app.get(file!)).status]).toEqual([file, 200]);
    });
});
