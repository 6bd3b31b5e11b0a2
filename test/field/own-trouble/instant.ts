/**
 * Milliseconds of the machine's monotonic clock, the same for every process of the machine. Drills
 * are timed by it, because wall clocks are among what is disturbed.
 */
export function instantMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

export function sleepMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

export function sleepUntil(at: number): Promise<void> {
  return sleepMs(at - instantMs());
}
