import { describe, expect, onTestFinished, test } from 'vitest';
import { SECOND, systemClock } from '../../../model/time.ts';
import { openThread } from '../../../probes/line/thread.ts';

/** A new thread may take long on a loaded machine. */
const PATIENT = { timeout: 30_000 };

function open(concurrency = 2_000) {
  const url = new URL('./odd-thread.ts', import.meta.url);
  const clock = systemClock;
  const thread = openThread<string, { in_hand: number }>({ url, data: null, concurrency, clock });
  onTestFinished(thread.stop);
  return thread;
}

describe('a thread that', () => {
  test.for(['dies', 'throws'])('%s takes its requests with it', async (how) => {
    const thread = open();
    const [dead, other] = await Promise.all([
      thread.send(how, 10 * SECOND),
      thread.send('other', 10 * SECOND),
    ]);
    expect(dead).toMatchObject({ lost: 'the thread died' });
    expect(other).toMatchObject({ lost: 'the thread died' });
    expect(dead).toHaveProperty('duration_ms', expect.any(Number));
    await expect.poll(() => thread.send('answers', 10 * SECOND), PATIENT).toEqual({ in_hand: 0 });
  });

  test('spins is replaced at the limit', async () => {
    const thread = open();
    await thread.send('answers', 10 * SECOND);
    const stuck = await thread.send('spins', SECOND);
    expect(stuck).toMatchObject({ lost: 'no answer within 1000 ms' });
    expect('duration_ms' in stuck && stuck.duration_ms).toBeGreaterThanOrEqual(990);
    await expect.poll(() => thread.send('answers', 10 * SECOND), PATIENT).toEqual({ in_hand: 0 });
  });

  test('forgets one request goes on with the others', async () => {
    const thread = open();
    await thread.send('answers', 10 * SECOND);
    const forgotten = thread.send('forgets', SECOND);
    expect(await thread.send('answers', 10 * SECOND)).toEqual({ in_hand: 0 });
    expect(await forgotten).toMatchObject({ lost: 'no answer within 1000 ms' });
    expect(await thread.send('answers', 10 * SECOND)).toEqual({ in_hand: 0 });
  });

  test('may have only so many requests at a time answers all of them', async () => {
    const thread = open(2);
    const asked = Array.from({ length: 20 }, () => thread.send('counts', 5_000));
    await thread.stop();
    for (const answer of await Promise.all(asked)) {
      expect(answer).toHaveProperty('in_hand');
      expect('in_hand' in answer && answer.in_hand).toBeLessThanOrEqual(2);
    }
    expect(await thread.send('counts', 5_000)).toMatchObject({ lost: 'stopped' });
  });
});
