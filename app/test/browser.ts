import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

/** As much of a phone as a page can see. */
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true, locale: "en-US" };

/** This machine's own Chromium: playwright-core brings none. */
export function launch(): Promise<Browser> {
    // Root may not use the sandbox, and a container's /dev/shm is small.
    return chromium.launch({ executablePath: find(), args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

function find(): string {
    const folders = (process.env.PATH ?? "").split(delimiter);
    const found = ["chromium", "google-chrome"].flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
    if (!found) throw new Error("There is no Chromium on this machine: install Debian's package chromium.");
    return found;
}

function executable(path: string): boolean {
    try {
        accessSync(path, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}

/** Everything that a page complains of: errors, refused scripts and styles. What the network does to it is not its fault. */
export function complaints(page: Page): string[] {
    const all: string[] = [];
    page.on("pageerror", (error) => all.push(error.message));
    page.on("console", (message) => message.type() === "error" && !/net::ERR|Failed to load resource/.test(message.text()) && all.push(message.text()));
    return all;
}
