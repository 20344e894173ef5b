import type { ChatMessage, Usage } from "./upstream";
export function estimateUsage(_m: ChatMessage[], _t: string, _r: string): Usage { return { inputTokens: 0, outputTokens: 0, reasoningTokens: 0, estimated: true }; }
