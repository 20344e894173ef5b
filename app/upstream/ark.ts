import type { Settings } from "../settings/schema";
import { OpenAiUpstream } from "./openai";
import type { Upstream } from "./upstream";

/** Volcengine Ark. The model is the endpoint's id (`ep-…`). */
export function arkUpstream(settings: Settings): Upstream {
    return new OpenAiUpstream({
        provider: "ark",
        url: settings.VOLCENGINE_API_URL,
        key: settings.VOLCENGINE_API_KEY!,
        model: settings.VOLCENGINE_ENDPOINT_ID!,
        deadlines: {
            connect: settings.UPSTREAM_CONNECT_SECONDS * 1000,
            firstToken: settings.UPSTREAM_FIRST_TOKEN_SECONDS * 1000,
            idle: settings.UPSTREAM_IDLE_SECONDS * 1000,
            total: settings.UPSTREAM_TOTAL_SECONDS * 1000,
        },
    });
}
