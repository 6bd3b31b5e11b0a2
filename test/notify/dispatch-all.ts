import type { Dispatcher } from '../../notify/dispatcher.ts';

/** Does all there is to do now; resolves to the number of attempts. */
export async function dispatchAll(
  { fanOut, lanes }: Dispatcher,
  stopping?: AbortSignal,
): Promise<number> {
  await fanOut(stopping);
  const attempts = await Promise.all(lanes.map((lane) => lane(stopping)));
  return attempts.reduce((sum, it) => sum + it, 0);
}
