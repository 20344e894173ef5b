export interface Alert {
    name: string;
    /** PromQL. */
    expr: string;
    for: string;
    severity: "page" | "ticket";
    summary: string;
}

/** Both servers, the way from each to the database, and what a release is rolled back for (an error rate over 5 %). */
export const alerts: Alert[] = [
    {
        name: "RegionDown",
        // Where instances are found by DNS, a region without any has no targets either.
        expr: [
            'sum by (region) (up{job="antipode-app"}) == 0',
            '  or absent(up{job="antipode-app",region="us"}) or absent(up{job="antipode-app",region="cn"})',
        ].join("\n"),
        for: "1m",
        severity: "page",
        summary: "No instance of {{ $labels.region }} answers.",
    },
    {
        name: "DatabaseAway",
        expr: "max by (region) (mongodb_up) == 0",
        for: "2m",
        severity: "page",
        summary: "{{ $labels.region }} has no way to the database: chats go to its journal.",
    },
    {
        name: "DatabaseFar",
        expr: "histogram_quantile(0.9, sum by (from, to, le) (rate(mongodb_ping_duration_seconds_bucket[5m]))) > 0.3",
        for: "10m",
        severity: "ticket",
        summary: "The way from {{ $labels.from }} to the database in {{ $labels.to }} takes longer than the usual 150 to 200 ms.",
    },
    {
        name: "ErrorRate",
        expr: [
            // A message that a model service will not answer is no fault of a release; a user that has stopped is no error.
            'sum by (region) (rate(chat_turns_total{end=~"error|cut",code!="content_refused"}[5m]))',
            '  / sum by (region) (rate(chat_turns_total{end!~"stopped|taken_over|draining"}[5m])) > 0.05',
        ].join("\n"),
        for: "2m",
        severity: "page",
        summary: "More than 5 % of the answers in {{ $labels.region }} fail: roll back.",
    },
    {
        name: "RequestErrorRate",
        expr: 'sum by (region) (rate(http_requests_total{status=~"5.."}[5m])) / sum by (region) (rate(http_requests_total{route!~".*/health"}[5m])) > 0.05',
        for: "2m",
        severity: "page",
        summary: "More than 5 % of the requests in {{ $labels.region }} are answered with a 5xx: roll back, unless the region is full (http_refusals_total tells the codes).",
    },
    {
        name: "FirstTokenSlow",
        expr: 'histogram_quantile(0.95, sum by (region, le) (rate(chat_first_token_seconds_bucket{phase="content"}[5m]))) > 20',
        for: "10m",
        severity: "ticket",
        summary: "One of twenty users in {{ $labels.region }} waits longer than 20 s for the first word of the answer.",
    },
    {
        name: "StreamsNearLimit",
        expr: "sum by (region) (sse_active_connections) / sum by (region) (sse_max_connections) > 0.9",
        for: "5m",
        severity: "ticket",
        summary: "{{ $labels.region }} is nearly full: beyond MAX_SSE_CONNECTIONS it refuses.",
    },
    {
        name: "JournalFilling",
        expr: "journal_bytes / journal_max_bytes > 0.5 or journal_disk_free_bytes / journal_disk_size_bytes < 0.1",
        for: "5m",
        severity: "page",
        summary: "The journal of {{ $labels.instance }} or its disk fills up: full, and without the database, nothing more is taken.",
    },
    {
        name: "JournalRefused",
        expr: "increase(journal_refused_total[1h]) > 0",
        for: "0m",
        severity: "ticket",
        summary: "The database would not have a turn: look at refused.jsonl in the journal of {{ $labels.instance }}.",
    },
];
