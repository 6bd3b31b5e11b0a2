export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Starts work at an even rate, concurrently if needed; resolves to all results in the order of
 * starting.
 */
export async function evenly<T>(
  count: number,
  per_second: number,
  work: (n: number) => Promise<T>,
): Promise<T[]> {
  const begun = performance.now();
  const started: Promise<T>[] = [];
  for (let n = 0; n < count; n += 1) {
    await sleep(Math.max(0, begun + (n * 1_000) / per_second - performance.now()));
    started.push(work(n));
  }
  return Promise.all(started);
}
