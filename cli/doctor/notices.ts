import type { Finding } from "./finding";

/**
 * What no program can check and a person must decide, for an API that serves China from China. It is a warning and not
 * legal advice. Monthly figures are those of the smallest plan, in docs/real-clouds.md with their parts.
 */
export const notices: Finding[] = [
    {
        level: "attention",
        about: "ICP filing",
        text: "a domain that is served from a machine in mainland China needs an ICP filing (备案), made through Tencent Cloud; "
            + "it needs a company or resident there, and takes the provider 1–2 days and the authority 5–20 working days. Begin with it.",
    },
    {
        level: "attention",
        about: "personal data across the border",
        text: "users and conversations of both regions are stored in cn, and us reads them. China's Personal Information Protection Law "
            + "(articles 38–40) and the CAC provisions of March 2024 govern what leaves China; US 28 CFR Part 202 what American users' data goes there.",
    },
    {
        level: "attention",
        about: "generative AI service",
        text: "a public chat service in mainland China falls under the Interim Measures for Generative AI Services (2023): ask whether you must register it.",
    },
    {
        level: "attention",
        about: "cost",
        text: "about $65 a month for both regions (plan 1: us server $30, cn server ¥200, cn bandwidth ¥50), and Cloudflare Load Balancing, "
            + "a paid add-on that geo steering needs, on top; see its price in Cloudflare's dashboard.",
    },
];
