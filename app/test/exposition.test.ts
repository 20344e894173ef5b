import { expect, it } from "vitest";
import { readExposition } from "./exposition";

const head = "# HELP a_total About a.\n# TYPE a_total counter\n";
const histogram = (lines: string) => `# HELP h About h.\n# TYPE h histogram\n${lines}`;

it("an exposition is read with its labels and values", () => {
    expect(Object.fromEntries(readExposition(`${head}a_total{b="x \\"y\\"\\n\\\\",c=""} 1\na_total 2.5e-3\n`))).toEqual({
        a_total: {
            help: "About a.",
            type: "counter",
            samples: [
                { name: "a_total", labels: { b: 'x "y"\n\\', c: "" }, value: 1 },
                { name: "a_total", labels: {}, value: 0.0025 },
            ],
        },
    });
});

it.each([
    ["the last line does not end", `${head}a_total 1`],
    ["a sample outside its family", `${head}b_total 1\n`],
    ["a sample outside its family", "a_total 1\n"],
    ["a type without a help", "# TYPE a_total counter\na_total 1\n"],
    ["a family comes twice", `${head}a_total 1\n${head}a_total{b="c"} 1\n`],
    ["a series comes twice", `${head}a_total{b="c",d="e"} 1\na_total{d="e",b="c"} 1\n`],
    ["not a label", `${head}a_total{b=c} 1\n`],
    ["not a label", `${head}a_total{b="c"d"} 1\n`],
    ["a label is missing", `${head}a_total{b="c",} 1\n`],
    ["not a number", `${head}a_total 0x1\n`],
    ["a counter below zero", `${head}a_total -1\n`],
    ["a histogram that does not add up", histogram('h_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n')],
    ["a histogram that does not add up", histogram('h_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 1\nh_count 3\n')],
    ["a histogram that does not add up", histogram('h_bucket{le="1"} 1\nh_sum 1\nh_count 1\n')],
])("an exposition is refused: %s", (why, text) => expect(() => readExposition(text)).toThrow(why));
