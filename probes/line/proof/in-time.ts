import { startDeadline } from '../../exchange/deadline.ts';

/** What comes of it in time; null: nothing. Rejects as it does. */
export async function answerWithin<T>(
  limit_ms: number,
  work: Promise<T>,
  monotonic: () => number,
): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const deadline = startDeadline(limit_ms, { monotonic }, () => resolve(null));
  return await Promise.race([work, promise]).finally(deadline.clear);
}
