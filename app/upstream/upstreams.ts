import type { Settings, UpstreamName } from "../settings/schema";
import { arkUpstream } from "./ark";
import { Breaker } from "./breaker";
import { ReadCoalescer } from "./coalescer";
import { deadlinesOf } from "./deadlines";
import { deepseekUpstream } from "./deepseek";
import { Fallback, type Hooks, type Member, type Service } from "./fallback";

const makers: Record<UpstreamName, (settings: Settings, coalescer: ReadCoalescer) => Service> = { ark: arkUpstream, deepseek: deepseekUpstream };

/** The model services that the settings name, in their order, as one. */
export function upstreams(settings: Settings, hooks: Hooks = {}): Fallback {
    const coalescer = new ReadCoalescer(settings.JOIN_MILLISECONDS);
    const members = settings.LLM_UPSTREAMS.map((name): Member => ({ service: makers[name](settings, coalescer), breaker: new Breaker() }));
    return new Fallback(members as [Member, ...Member[]], deadlinesOf(settings), hooks);
}
