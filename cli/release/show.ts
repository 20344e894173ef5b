import type { Output } from "../progress";
import { eventLines } from "./text";
import type { Told } from "./told";
import { type Scene, sceneLines } from "./view";

/** How a release is shown while it is followed. */
export interface Show {
    event(event: Told): void;
    scene(scene: Scene): void;
    /** Nothing more is shown; what moves is taken away. */
    end(): void;
}

/** For programs a JSON line an event, for a log a plain line, for a terminal those and a view that moves below them. */
export function showOn(output: Output, json: boolean, now: () => number = Date.now): Show {
    if (json) return { event: (event) => void output.write(`${JSON.stringify(event)}\n`), scene: () => undefined, end: () => undefined };
    if (output.isTTY !== true) return { event: (event) => void output.write(`${eventLines(event).join("\n")}\n`), scene: () => undefined, end: () => undefined };
    return new Screen(output, now);
}

/** What passes by itself is the time. */
const REDRAW_MS = 500;

/** Lines that stay, and below them one view a region that is redrawn in place. */
class Screen implements Show {
    private readonly scenes = new Map<string, Scene>();
    private height = 0;
    private readonly timer: NodeJS.Timeout;

    constructor(private readonly output: Output, private readonly now: () => number) {
        this.timer = setInterval(() => this.draw(), REDRAW_MS);
        this.timer.unref();
    }

    event(event: Told): void {
        this.draw(eventLines(event));
    }

    scene(scene: Scene): void {
        this.scenes.set(scene.region, scene);
        this.draw();
    }

    end(): void {
        clearInterval(this.timer);
        this.scenes.clear();
        this.draw();
    }

    /** In one write, so that nothing is ever seen half. */
    private draw(staying: string[] = []): void {
        const moving = [...this.scenes.values()].flatMap((scene) => sceneLines(scene, this.now(), this.output.columns ?? 80));
        const up = this.height > 0 ? `\x1b[${this.height}A\r\x1b[J` : "";
        const text = up + [...staying, ...moving].map((line) => `${line}\n`).join("");
        this.height = moving.length;
        if (text !== "") this.output.write(text);
    }
}
