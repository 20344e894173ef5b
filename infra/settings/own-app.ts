import { posix } from "node:path";
import { z } from "zod";
import { object, record, text, whole } from "./field";

/** The folder of the app that comes with the toolkit. */
export const bundledFolder = "app";

/** Whether the app is the bundled one: it needs WeChat and a model service. */
export const isChat = ({ appFolder, appPreset }: { appFolder?: unknown; appPreset?: unknown }): boolean =>
    appPreset === "chat" || (appPreset === undefined && posix.normalize(`${String(appFolder)}/`) === `${bundledFolder}/`);

export const preset = z.enum(["chat", "any"], { error: "is not a preset (chat, any)" });

const noPath = "is not a path such as /up";
/** The path becomes a part of nginx's configuration. */
export const healthPath = z.string({ error: noPath }).regex(/^\/[\w.~/-]*$/, noPath);

const requestPath = z.string({ error: noPath }).regex(/^\/[\x21-\x7e]*$/, noPath);
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
const withoutBody = ["GET", "HEAD"];

export const check = object({
    path: requestPath,
    method: z.enum(methods, { error: `is none of ${methods.join(", ")}` }).default("GET"),
    // A JSON body may be written as YAML.
    body: z.preprocess((value) => (typeof value === "object" && value !== null ? JSON.stringify(value) : value), z.string("is neither a text nor JSON").optional()),
    status: whole(100, 599).default(200),
    text: text().optional(),
}).superRefine(({ method, body }, context) => {
    if (body !== undefined && withoutBody.includes(method)) context.addIssue({ code: "custom", path: ["body"], message: `is not sent with ${method}` });
});

export const metrics = object({ port: whole(1, 65_535).default(9464), path: requestPath.default("/metrics") });

/** YAML reads `2` and `false` as a number and a truth value. */
const plain = z.preprocess((value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : value), z.string("is not a text"));

export const environment = record(plain, /^[A-Za-z_]\w*$/, "is not named such as LOG_COLOR: letters, digits and _").superRefine((variables, context) => {
    if ("PORT" in variables) context.addIssue({ code: "custom", path: ["PORT"], message: "is set by the region: the app listens on it" });
});

/** docs.docker.com/engine/swarm/secrets: a secret holds at most 500 KB. */
const MOST_CHARACTERS = 500_000;
export const secrets = record(
    z.string("is not a text").min(1, "is empty").max(MOST_CHARACTERS, "is longer than 500 KB"),
    /^[A-Za-z0-9][\w.-]{0,63}$/, "is not a file name such as STRIPE_KEY: letters, digits, _, - and .",
);
