import { z } from "zod";
import { loginBody } from "../http/parse";
import type { Operation } from "./operation";

export const loginOperation: Operation = {
    id: "login",
    tag: "login",
    summary: "Log in with a WeChat code",
    description: "The code is what `wx.login` gives; it lives for five minutes and is taken once. The user's id is the service's own, not the OpenID. Inside WeChat Cloud Hosting, where a setting says that nobody else can come, no code is needed.",
    body: loginBody,
    answers: {
        200: {
            description: "A token for the header `Authorization: Bearer …`; both regions take it. Where versions are tested, `testerProof` is for the header `X-Antipode-Tester`: whoever is among the testers then gets the version that is on its way, and to anybody else it does nothing.",
            schema: z.strictObject({ token: z.jwt(), user: z.strictObject({ id: z.uuid() }), testerProof: z.string().regex(/^[0-9a-f]{32}$/).optional() }),
        },
    },
    errors: ["login_code_invalid", "login_refused", "login_busy", "too_many_logins", "wechat_unavailable", "database_unavailable"],
};
