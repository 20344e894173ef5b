/**
 * Seconds to wait after the n-th failure in a row (1, 2, …): 5 s, 20 s, 80 s … up to an hour.
 * It grows by four because Let's Encrypt allows 5 failed validations a name and hour
 * (letsencrypt.org/docs/rate-limits): the fifth comes 7 minutes after the first, the next ones 21 and 60 minutes on.
 *
 * @param chance 0..1; spreads the wait over ±20 % so that two regions do not march in step.
 */
export function backoff(failures: number, chance: number): number {
    return Math.min(5 * 4 ** (failures - 1), 3600) * (0.8 + 0.4 * chance);
}
