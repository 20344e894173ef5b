import type { FastifyInstance } from "fastify";
import { loginOperation } from "../docs/login";
import type { Service } from "../service";
import { loginBody, parse } from "./parse";

/** `POST /api/auth/login {"code"}` → `{token, user: {id}}`. */
export function registerLogin(app: FastifyInstance, service: Service): void {
    app.post("/api/auth/login", { config: { operation: loginOperation } }, async (request) => {
        const { code } = parse(loginBody, request.body);
        // Asked first, for WeChat takes a code only once.
        service.database.require();
        const id = await service.users.identify(await service.wechat.openid(code));
        return { token: service.tokens.sign(id), user: { id } };
    });
}
