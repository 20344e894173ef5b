import jwt from "@fastify/jwt";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError } from "../errors/errors";

declare module "@fastify/jwt" {
    interface FastifyJWT {
        payload: { sub: string };
        user: { sub: string };
    }
}

/** Both regions share the secret: a user who logged in here is known there. */
export async function registerTokens(app: FastifyInstance, secret: string, ttlSeconds: number): Promise<void> {
    await app.register(jwt, {
        secret,
        sign: { algorithm: "HS256", expiresIn: ttlSeconds },
        verify: { algorithms: ["HS256"] },
    });
}

/** A hook for routes that need a user; it runs before the body is read. */
export async function authenticate(request: FastifyRequest): Promise<void> {
    try {
        await request.jwtVerify();
    } catch (error) {
        const expired = (error as { code?: string }).code === "FST_JWT_AUTHORIZATION_TOKEN_EXPIRED";
        throw new HttpError(expired ? "token_expired" : "unauthorized");
    }
    if (typeof request.user.sub !== "string") throw new HttpError("unauthorized");
}
