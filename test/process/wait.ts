/**
 * Much longer than anything takes, on a busy machine too: what is not there by then never comes.
 */
const PATIENCE_MS = 90_000;

/**
 * Runs `probe` every 50 ms until it returns something, and says how long that took; fails after
 * `limit_ms`. Pass a limit only where being in time is what is tested.
 */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | null | undefined | false>,
  limit_ms = PATIENCE_MS,
): Promise<{ value: T; after_ms: number }> {
  const start = performance.now();
  for (;;) {
    const value = await probe();
    const after_ms = performance.now() - start;
    if (value) return { value, after_ms };
    if (after_ms > limit_ms) throw new Error(`not within ${limit_ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
