import type { Field } from "./field";
import { fields, stackNames } from "./schema";

const titles = { cn: "cn: China, with the database", us: "us: the United States", edge: "edge: GeoDNS" } as const;

/** docs/settings.md, made from the schema. */
export function settingsPage(): string {
    const parts = stackNames.map((stack) => [`## ${titles[stack]}`, "", ...table(fields[stack])].join("\n"));
    return `${[
        "# Settings",
        "Made from `infra/settings/schema.ts` by `npx tsx infra/settings/write.ts`; a test compares the two.",
        "",
        "Set one with `pulumi config set --stack <stack> antipode:<name> <value>`; a secret with `pulumi config set --stack <stack> --secret antipode:<name>`, which asks for the value. "
            + "Plain ones may as well be written into `Pulumi.<stack>.yaml`. Everything that is wrong is told at once, before anything is made.",
        "",
        parts.join("\n\n"),
    ].join("\n")}\n`;
}

function table(known: Record<string, Field>): string[] {
    const rows = Object.entries(known).map(([name, one]) => `| \`${name}\` | ${need(one)} | ${one.about} | ${one.secret ? "" : `\`${one.example}\``} |`);
    return ["| setting | default | what it is | example |", "|---|---|---|---|", ...rows];
}

function need(one: Field): string {
    const kind = one.secret ? "secret, " : "";
    const unset = one.schema.safeParse(undefined);
    if (!unset.success) return `${kind}**required**`;
    if (one.neededFor) return `${kind}for ${one.neededFor === "chat" ? "the bundled app" : one.neededFor}`;
    if (unset.data === undefined) return `${kind}optional`;
    return `${kind}\`${typeof unset.data === "string" ? unset.data : JSON.stringify(unset.data)}\``;
}
