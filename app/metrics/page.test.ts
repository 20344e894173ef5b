import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { alerts } from "./alerts";
import { catalogue } from "./catalogue";
import { metricsPage } from "./page";

const page = metricsPage();
const names = Object.keys(catalogue);

describe("the page of the metrics", () => {
    it("docs/metrics.md is what the catalogue says (else: npx tsx app/metrics/write.ts)", () => {
        expect(readFileSync(join(__dirname, "../../docs/metrics.md"), "utf8")).toBe(page);
    });

    it("has each series once", () => {
        const rows = [...page.matchAll(/^\| `(\w+)` \| (?:counter|gauge|histogram) /gm)].map(([, name]) => name);
        expect(rows.sort()).toEqual([...names].sort());
    });
});

describe("the catalogue", () => {
    it.each(Object.entries(catalogue))("%s is named as Prometheus names things", (name, series) => {
        const { kind, help, labels } = series;
        expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(kind === "counter").toBe(name.endsWith("_total"));
        if (kind === "histogram" || kind === "tally") expect(name).toMatch(/_seconds$/);
        expect(help).toMatch(/^[A-Z0-9].*\.$/);
        expect(help).not.toContain("|");
        for (const label of labels) expect(name.split("_")).not.toContain(label);
        if ("buckets" in series) expect(series.buckets).toEqual([...series.buckets].sort((a, b) => a - b));
    });
});

describe("an alert", () => {
    it("is a rule of the page, as Prometheus reads it", () => {
        const { groups } = parse(/```yaml\n([^]*?)```/.exec(page)![1]!);
        expect(groups[0].rules.map(({ alert, expr }: { alert: string; expr: string }) => [alert, expr.trim()])).toEqual(alerts.map(({ name, expr }) => [name, expr]));
    });

    it.each(alerts.map((alert) => [alert.name, alert] as const))("%s asks for series and labels that there are", (_name, { expr, summary }) => {
        for (const [, selector] of expr.matchAll(/(\w+(?:\{[^}]*\})?)/g)) {
            const [, name = "", matchers = ""] = /^(\w+?)(?:_bucket|_sum|_count)?(?:\{(.*)\})?$/.exec(selector!)!;
            if (!/^[a-z]+_[a-z_]+$/.test(name) || name === "histogram_quantile") continue;
            expect(names).toContain(name);
            const labels: readonly string[] = catalogue[name as keyof typeof catalogue].labels;
            for (const [, label] of matchers.matchAll(/(\w+)(?:=|!)/g)) expect(labels).toContain(label);
        }
        for (const [, label] of summary.matchAll(/\$labels\.(\w+)/g)) expect(expr.includes("by (") ? expr : "instance").toContain(label);
    });
});
