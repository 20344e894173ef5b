import { createHmac } from "node:crypto";
import { createDecoder, createSigner, createVerifier } from "fast-jwt";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError } from "../errors/errors";
import type { Settings } from "../settings/schema";

declare module "fastify" {
    interface FastifyInstance {
        tokens: Tokens;
    }
    interface FastifyRequest {
        /** Who asks, on routes with the hook `authenticate`. */
        user: { sub: string };
    }
}

interface Payload {
    sub?: unknown;
}

/** Ours have about 250; a header may have 16 KiB, and what is no token need not be decoded. */
const MAX_TOKEN_CHARS = 2_048;

/**
 * The bearer tokens (RFC 7519, HS256). All regions share the keys: a user who logged in here is known there.
 *
 * A key is changed without logging anybody out: the new one becomes JWT_SECRET, the old one JWT_SECRET_PREVIOUS until
 * the last token that it signed has expired. In two regions: first give the new key to both as JWT_SECRET_PREVIOUS, then swap.
 */
export class Tokens {
    private readonly signer: (payload: Payload) => string;
    private readonly verifiers = new Map<string, (token: string) => Payload>();
    private readonly decode = createDecoder({ complete: true });

    constructor(settings: Pick<Settings, "JWT_SECRET" | "JWT_SECRET_PREVIOUS" | "JWT_TTL_SECONDS">) {
        const { JWT_SECRET, JWT_SECRET_PREVIOUS, JWT_TTL_SECONDS } = settings;
        this.signer = createSigner({ key: JWT_SECRET, kid: keyId(JWT_SECRET), algorithm: "HS256", expiresIn: JWT_TTL_SECONDS * 1000 });
        for (const key of [JWT_SECRET, JWT_SECRET_PREVIOUS]) {
            if (key) this.verifiers.set(keyId(key), createVerifier({ key, algorithms: ["HS256"], requiredClaims: ["sub", "exp"] }));
        }
    }

    /** A token of this user, from now on and for JWT_TTL_SECONDS. */
    sign(userId: string): string {
        return this.signer({ sub: userId });
    }

    /**
     * The user of a token. A token without a `kid`, from before there were any, may be of each key.
     * @throws HttpError unauthorized, token_expired
     */
    user(token: string): string {
        let refusal: unknown;
        for (const verify of this.candidates(token)) {
            try {
                const { sub } = verify(token);
                if (typeof sub === "string" && sub !== "") return sub;
            } catch (error) {
                if ((error as { code?: string }).code === "FAST_JWT_EXPIRED") throw new HttpError("token_expired");
                refusal = error;
            }
        }
        throw new HttpError("unauthorized", { cause: refusal });
    }

    private candidates(token: string): ((token: string) => Payload)[] {
        try {
            const { kid } = (this.decode(token) as { header: { kid?: unknown } }).header;
            if (kid === undefined) return [...this.verifiers.values()];
            const verify = this.verifiers.get(String(kid));
            return verify ? [verify] : [];
        } catch {
            return [];
        }
    }
}

/** Names a key. It reveals no more than a token does: an HMAC by the key of something that everybody knows. */
export function keyId(key: string): string {
    return createHmac("sha256", key).update("antipode: the name of a key").digest("hex").slice(0, 8);
}

/** Makes `authenticate` usable on the routes of an app. */
export function registerTokens(app: FastifyInstance, tokens: Tokens): void {
    app.decorate("tokens", tokens);
    app.decorateRequest("user", null as never);
}

/** A hook for routes that need a user; it runs before the body is read. */
export async function authenticate(request: FastifyRequest): Promise<void> {
    const [, token] = /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (token === undefined || token.length > MAX_TOKEN_CHARS) throw new HttpError("unauthorized");
    request.user = { sub: request.server.tokens.user(token) };
}
