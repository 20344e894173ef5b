import { Command } from "commander";
import { withExamples } from "../examples";
import { withJson, withReal } from "../options";
import type { Which } from "../region/way";
import { order, takenBack, takenText } from "../release/orders";

type Options = Which & { json: boolean };
const json = (data: unknown) => JSON.stringify(data, null, 2);

/** Forwards goes what somebody points at; a stop may be for all. */
function ordering(word: "promote" | "pause" | "resume", description: string, region: "<region>" | "[region]", examples: Record<string, string>): () => Command {
    return () => withExamples(
        withReal(withJson(new Command(word)))
            .description(description)
            .argument(region, region === "<region>" ? "us or cn" : "us or cn; wherever a release is under way when left out")
            .action(async (name: string | undefined, { json: forPrograms, ...which }: Options) => {
                const taken = await order(word, name, which);
                if (forPrograms) return console.log(json(taken.map(({ way, release }) => ({ region: way.region, ...release }))));
                for (const one of taken) console.log(takenText(word, one));
            }),
        examples,
    );
}

export const promote = ordering("promote", "Lead a release on to its next step, whatever is seen of it.", "<region>", {
    "npx antipode promote us": "the release that is under way in us",
});

export const pause = ordering("pause", "Let a release stand where it is, until `resume`. Gross errors still take it back.", "[region]", {
    "npx antipode pause us": "the release that is under way in us",
    "npx antipode pause": "wherever one is",
});

export const resume = ordering("resume", "Let a paused release go on, with a new window.", "<region>", {
    "npx antipode resume us": "the release that stands still in us",
});

export const abort = () => withExamples(
    withReal(withJson(new Command("abort")))
        .description("Take a release back: all visitors get the version before. Waits until the region's own address answers with that.")
        .argument("[region]", "us or cn; wherever a release is under way when left out")
        .action(async (name: string | undefined, { json: forPrograms, ...which }: Options) => {
            const back = await takenBack(await order("abort", name, which));
            if (forPrograms) console.log(json(back));
        }),
    {
        "npx antipode abort us": "the release that is under way in us",
        "npx antipode abort": "wherever one is",
        "npx antipode abort us --json": "[{region, version, release, url}]: who gets what now",
    },
);
