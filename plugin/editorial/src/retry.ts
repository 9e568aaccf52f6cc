const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 3_600_000;

/** Tries of one job: an hour apart at the end, over a day in all. */
export const MAX_ATTEMPTS = 30;

/** How long to wait after so many failed attempts (1 and more): doubling from 5 s to an hour, the last tenth by `random` in [0, 1). */
export function retryDelayMs(attempts: number, random: () => number = Math.random): number {
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, Math.min(attempts, 20) - 1));
  return Math.round(delay * (0.9 + 0.1 * random()));
}
