import type { FastifyInstance } from "fastify";
import { developmentOpenid, hostedOpenid } from "../auth/openid";
import { testerProof } from "../auth/tester";
import { loginOperation } from "../docs/login";
import type { Service } from "../service";
import { clientAddress, perMinute } from "./limits";
import { hostedLoginBody, loginBody, parse } from "./parse";

/**
 * `POST /api/auth/login {"code"}` → `{token, user: {id}, testerProof?}`; in WeChat Cloud Hosting without a public door
 * (TRUST_WX_OPENID) also without a code.
 */
export function registerLogin(app: FastifyInstance, service: Service): void {
    const { settings } = service;
    // In WeChat's hosting all come from the addresses of its gateway.
    const limit = perMinute(app, settings.LOGINS_PER_MINUTE, "too_many_logins", (request) => hostedOpenid(settings, request.headers) ?? clientAddress(request));
    app.post("/api/auth/login", { onRequest: limit, config: { operation: loginOperation } }, async (request) => {
        const hosted = hostedOpenid(settings, request.headers);
        const { code } = parse(hosted === undefined ? loginBody : hostedLoginBody, request.body);
        // Asked first, for WeChat takes a code only once.
        service.database.require();
        const openid = code === undefined ? hosted! : (developmentOpenid(settings, code) ?? (await service.wechat.openid(code)));
        const id = await service.users.identify(openid);
        const { TESTER_KEY } = settings;
        return { token: service.tokens.sign(id), user: { id }, ...(TESTER_KEY !== undefined && { testerProof: testerProof(openid, TESTER_KEY) }) };
    });
}
