import { type Release, weightOf } from "../releases/release";
import type { GatewayStatus } from "./keeper";

/** Whether a gateway leads visitors as a release has it. */
export function leads({ version, candidate }: Pick<GatewayStatus, "version" | "candidate">, release: Release): boolean {
    if (release.phase === "canary") return candidate?.version === release.version && candidate.weight === weightOf(release);
    return release.phase !== "full" || version === release.version;
}
