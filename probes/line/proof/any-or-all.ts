/** Resolves as soon as one is true, or all are settled. */
export function anyOrAll(all: readonly Promise<boolean>[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const it of all) void it.then((is) => is && resolve());
  void Promise.all(all).then(() => resolve());
  return promise;
}
