/** Streams that are relayed, and how long they are looked at. */
export interface Load { streams: number; rate: number; perSecond: number; windowMs: number }

/** How much is measured. */
export interface Plan {
    rounds: number;
    load: Load;
    /** So few streams that the event loop is idle nearly all of the time. */
    idle: Load;
    memoryRounds: number;
    /** Streams that are held to see what one weighs. */
    held: number;
    /** Asked of each relay in a round, to see when its first token comes. */
    questions: number;
    /** Asked over the slow line, of each kind. */
    farQuestions: number;
    /** Seconds in which the streams of one core are raised from few to too many. */
    rampSeconds: number;
    /** Those that are measured, by their keys; all when left out. */
    keys?: string[];
}

const rate = 30;

/** The whole: about twenty minutes. */
export const whole: Plan = {
    rounds: 3,
    load: { streams: 100, rate, perSecond: 200, windowMs: 3_000 },
    idle: { streams: 3, rate, perSecond: 200, windowMs: 3_000 },
    memoryRounds: 3,
    held: 5_000,
    questions: 60,
    farQuestions: 9,
    rampSeconds: 40,
};

/** A look at the app, Go and `node:http` alone: under three minutes, and noisier. */
export const quick: Plan = {
    rounds: 1,
    load: { streams: 60, rate, perSecond: 200, windowMs: 1_500 },
    idle: { streams: 3, rate, perSecond: 200, windowMs: 1_500 },
    memoryRounds: 1,
    held: 2_000,
    questions: 15,
    farQuestions: 3,
    rampSeconds: 14,
    keys: ["app", "app-unjoined", "app-warm", "reader", "turn", "go", "http-bytes", "http", "http-turn"],
};

/** Those of a list that the plan measures. */
export const chosen = <T extends { key: string }>({ keys }: Plan, all: T[]): T[] => all.filter(({ key }) => !keys || keys.includes(key));
