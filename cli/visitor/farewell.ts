import { apiHost, hostOf } from "../../infra/names";
import { regions, type Stack } from "../stack/names";

/** What `up` ends with: the addresses, and three commands to try. */
export function farewell(domain: string, stacks: readonly Stack[]): string {
    const came = regions.filter((region) => stacks.includes(region)).map((region) => `  https://${hostOf(region, domain)}`);
    if (!stacks.includes("edge")) return ["", ...came, "", "Then: npx antipode up edge"].join("\n");
    const api = `https://${apiHost(domain)}`;
    return [
        "",
        `  ${api}`,
        ...came,
        "",
        "Try:",
        `  npx antipode visit us -- curl -s ${api}/api/health`,
        '  npx antipode visit us -- cli/visitor/phone.sh ada chat "Tell me about the sea"',
        "  npx antipode visit cn -- cli/visitor/phone.sh ada read",
    ].join("\n");
}
