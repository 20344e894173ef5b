import { circuitBreaker, CircuitState, ConsecutiveBreaker, CountBreaker, ExponentialBackoff, handleWhen, noJitterGenerator, type CircuitBreakerPolicy, type IBreaker } from "cockatiel";
import { StreamError, type StreamErrorCode } from "../errors/errors";
import { NoText } from "./failure";

export type BreakerState = "closed" | "open" | "half-open";

export interface BreakerOptions {
    /** So many failures one after another open it. */
    consecutive: number;
    /** More than half of the last `window` answers failed: that opens it too, once there are `minimum` of them. */
    window: number;
    minimum: number;
    /** Milliseconds until one request may try; each trial that fails doubles it, up to eight times. */
    openMs: number;
}

export const breakerDefaults: BreakerOptions = { consecutive: 5, window: 20, minimum: 10, openMs: 10_000 };

const failures: ReadonlySet<StreamErrorCode> = new Set([
    "upstream_unreachable",
    "upstream_timeout",
    "upstream_stalled",
    "upstream_cut",
    "upstream_malformed",
    "upstream_busy",
    "upstream_failed",
    "upstream_quota",
    "upstream_misconfigured",
]);
/** The service did its work: it judged what it was asked. */
const judged: ReadonlySet<StreamErrorCode> = new Set(["content_refused", "upstream_refused", "context_too_long"]);

/** An answer without text too: a visitor can ask for one, and must not close the service for the others. */
const isJudged = (error: unknown) => error instanceof NoText || (error instanceof StreamError && judged.has(error.code));
const isFailure = (error: unknown) => error instanceof StreamError && failures.has(error.code) && !isJudged(error);

/**
 * Keeps requests from a service that does not answer. What ends an answer from our side (a stop, a limit, a fault of our
 * own) says nothing about the service and counts as neither success nor failure.
 */
export class Breaker {
    private readonly rule: IBreaker;
    private policy: CircuitBreakerPolicy;

    constructor(private readonly options: BreakerOptions = breakerDefaults) {
        const { consecutive, window, minimum } = options;
        this.rule = either(new ConsecutiveBreaker(consecutive), new CountBreaker({ threshold: 0.5, size: window, minimumNumberOfCalls: minimum }));
        this.policy = this.make();
    }

    get state(): BreakerState {
        const { state } = this.policy;
        return state === CircuitState.Closed ? "closed" : state === CircuitState.HalfOpen ? "half-open" : "open";
    }

    /**
     * Runs an attempt, unless the breaker is open or its trial is on its way.
     * @param work gives the answer's end; calls `begun` with its first piece, which decides a trial: an answer may take minutes
     * @throws StreamError upstream_unavailable, or what `work` throws
     */
    async run<T>(work: (begun: () => void) => Promise<T>): Promise<T> {
        if (this.state === "half-open") throw new StreamError("upstream_unavailable");
        const trial = this.state === "open" ? this.policy.toJSON() : undefined;
        let answer: Promise<T> | undefined;
        let decided = false;
        const attempt = () => {
            const begun = new Promise<void>((resolve) => (answer = work(resolve)));
            const end = answer!.catch((error) => {
                if (!isJudged(error)) throw error;
            });
            return trial ? Promise.race([begun.then(() => void (decided = true)), end]) : end;
        };
        try {
            await this.policy.execute(attempt);
        } catch (error) {
            if (!answer) throw new StreamError("upstream_unavailable", { cause: error });
            // The library takes what is no failure for a success; of a trial that was given up, nothing is known.
            if (trial && !isFailure(error)) this.policy = this.make(trial);
        }
        // A trial that began well may still break off.
        if (decided) answer!.catch((error) => this.policy.execute(() => Promise.reject(error)).catch(() => undefined));
        return answer!;
    }

    private make(initialState?: unknown): CircuitBreakerPolicy {
        const halfOpenAfter = new ExponentialBackoff({ initialDelay: this.options.openMs, maxDelay: this.options.openMs * 8, generator: noJitterGenerator });
        return circuitBreaker(handleWhen((error) => isFailure(error)), { breaker: this.rule, halfOpenAfter, initialState });
    }
}

/** Opens when either does. Both have to hear of everything. */
function either(a: IBreaker, b: IBreaker): IBreaker {
    return {
        get state() {
            return [a.state, b.state];
        },
        set state(value: unknown) {
            [a.state, b.state] = value as [unknown, unknown];
        },
        success(state) {
            a.success(state);
            b.success(state);
        },
        failure(state) {
            const opens = a.failure(state);
            return b.failure(state) || opens;
        },
    };
}
