/** Streams that are relayed, and how long they are looked at. */
export interface Load { streams: number; rate: number; perSecond: number; windowMs: number }

/** How much is measured. */
export interface Plan {
    rounds: number;
    load: Load;
    memoryRounds: number;
    /** Streams that are held to see what one weighs. */
    held: number;
    /** Asked of each relay in a round, to see when its first token comes. */
    questions: number;
    /** Asked over the slow line, of each kind. */
    farQuestions: number;
    /** Seconds in which the streams of one core are raised from few to too many. */
    rampSeconds: number;
}

const rate = 30;

/** The whole: about ten minutes. */
export const whole: Plan = {
    rounds: 3,
    load: { streams: 100, rate, perSecond: 200, windowMs: 4_000 },
    memoryRounds: 2,
    held: 2_000,
    questions: 60,
    farQuestions: 9,
    rampSeconds: 16,
};

/** A look: under three minutes, and noisier. */
export const quick: Plan = {
    rounds: 1,
    load: { streams: 60, rate, perSecond: 200, windowMs: 1_500 },
    memoryRounds: 1,
    held: 500,
    questions: 15,
    farQuestions: 3,
    rampSeconds: 6,
};
