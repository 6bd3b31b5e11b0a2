/** Does something with each, at most `width` at a time; results are in order. */
export async function atOnce<T, R>(
  things: readonly T[],
  width: number,
  act: (thing: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...things.entries()];
  const work = async () => {
    for (;;) {
      const next = waiting.shift();
      if (next === undefined) return;
      results[next[0]] = await act(next[1]);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return results;
}
