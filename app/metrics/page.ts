import { alerts } from "./alerts";
import { catalogue } from "./catalogue";

const chapters: [title: string, prefixes: string[]][] = [
    ["Streams", ["sse_"]],
    ["Turns", ["chat_"]],
    ["Model services", ["llm_"]],
    ["The database and the journal", ["mongodb_", "journal_", "degraded"]],
    ["Sessions of several agents", ["multiagent_"]],
    ["Logins", ["logins_", "wechat_"]],
    ["Requests", ["http_"]],
    ["The instance", ["app_", "draining"]],
];

type Entry = [name: string, series: (typeof catalogue)[keyof typeof catalogue]];

/** docs/metrics.md, made from the catalogue. */
export function metricsPage(): string {
    const entries: Entry[] = Object.entries(catalogue);
    const parts = chapters.map(([title, prefixes]) => {
        const rows = entries.filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))).map(row);
        return `## ${title}\n\n| series | type | labels | what it is |\n|---|---|---|---|\n${rows.join("\n")}\n`;
    });
    return [head, ...parts, process, alertsPart()].join("\n");
}

function row([name, series]: Entry): string {
    const labels = series.labels.map((label) => `\`${label}\``).join(", ");
    const buckets = "buckets" in series ? ` Buckets: ${series.buckets.join(" ")}.` : "";
    return `| \`${name}\` | ${series.kind === "tally" ? "histogram" : series.kind} | ${labels} | ${series.help}${buckets} |`;
}

const head = `# Metrics
Made from \`app/metrics/catalogue.ts\` by \`npx tsx app/metrics/write.ts\`; a test compares the two.

\`GET /metrics\` for Prometheus, on a port of its own (\`METRICS_PORT\`, 9464; \`off\`: none), which nothing publishes: on the app's port, and so through the gateway, it is 404. Each instance tells its own numbers, in seconds, bytes and ratios from 0 to 1. No label grows with users, sessions or requests, and nothing that a client has sent is in one.

| asked for | found in |
|---|---|
| \`sse_active_connections\`, \`sse_max_connections\`, \`sse_utilization\` | the same |
| \`mongodb_latency\`, us → cn and cn local | \`mongodb_ping_duration_seconds{from="us",to="cn"}\` and \`{from="cn",to="cn"}\` |
| \`multiagent_save_frequency\` | \`rate(multiagent_saves_total[5m])\` |
| \`multiagent_active_sessions\` | the same; all instances tell the same sessions, so take \`max\`, not \`sum\` |
| CPU, memory | \`rate(process_cpu_seconds_total[1m])\`, \`process_resident_memory_bytes\` |
| disk | \`journal_disk_free_bytes\`, \`journal_disk_size_bytes\`: the machine's own disk |
`;

const process = `## The process
From prom-client: \`process_cpu_*\`, \`process_resident_memory_bytes\` and others of \`process_*\`, \`nodejs_eventloop_lag_*\`, \`nodejs_heap_*\`, \`nodejs_gc_duration_seconds\`, \`nodejs_version_info\`. Left out are its counts of open files, handles and requests: with 10,000 streams each scrape would stop all of them for 50 ms.
`;

function alertsPart(): string {
    const rules = alerts.map(({ name, expr, for: pending, severity, summary }) => {
        const lines = expr.split("\n").map((line) => `          ${line}`);
        return `      - alert: ${name}\n        expr: |\n${lines.join("\n")}\n        for: ${pending}\n        labels: { severity: ${severity} }\n        annotations: { summary: ${JSON.stringify(summary)} }`;
    });
    return `## Alerts
Rules to begin with. A scrape job named \`antipode-app\` with a target for each instance is assumed, and a target label \`region\`.

\`\`\`yaml
groups:
  - name: antipode
    rules:
${rules.join("\n")}
\`\`\`
`;
}
