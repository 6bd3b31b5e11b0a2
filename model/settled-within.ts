/** Resolves when all work has settled, or at the time limit. */
export async function settledWithin(
  work: readonly Promise<unknown>[],
  limit_ms: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limit_ms);
  });
  await Promise.race([Promise.allSettled(work), limit]);
  clearTimeout(timer);
}
