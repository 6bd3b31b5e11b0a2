import { expect, test } from 'vitest';
import { undelayed } from '../../../probes/line/proof/undelayed.ts';

/** Asks while our thread stands still for so long each time. */
async function asked(delays_ms: readonly number[], answers: readonly string[]) {
  let now = 0;
  let times = 0;
  const answer = await undelayed({
    ask: async () => {
      // The delay of a timer that is due every 50 ms.
      now += 50 + (delays_ms[times] ?? 0);
      times += 1;
      return answers[times - 1] ?? 'bad';
    },
    isGood: (it) => it === 'good',
    monotonic: () => now,
  });
  return { answer, times };
}

test.each([
  ['a good answer counts, however late', [900], ['good'], { answer: { answer: 'good' }, times: 1 }],
  [
    'a bad answer counts if nothing stood still',
    [199],
    ['bad'],
    { answer: { answer: 'bad' }, times: 1 },
  ],
  ['else it is asked once more', [200, 0], ['bad', 'bad'], { answer: { answer: 'bad' }, times: 2 }],
  ['which may be good', [900, 900], ['bad', 'good'], { answer: { answer: 'good' }, times: 2 }],
  [
    'and no third time: nothing is known',
    [200, 200, 0],
    ['bad', 'bad', 'good'],
    { answer: null, times: 2 },
  ],
])('%s', async (_, delays_ms, answers, found) => {
  expect(await asked(delays_ms, answers)).toEqual(found);
});
