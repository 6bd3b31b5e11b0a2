import { expect, test } from 'vitest';
import { type DisturbedHours, undisturbed } from '../../collector/upkeep/disturbed-hours.ts';
import { createRandom } from '../random.ts';

const OURS = 'bureau.sync';

interface Time {
  from: number;
  to: number;
  component: string;
}

/** As the rule says it: none that overlaps any. */
function plainly(times: readonly Time[], disturbed: readonly Time[]): Time[] {
  return times.filter(
    ({ from, to }) =>
      !disturbed.some((it) => it.component === OURS && it.from < to && it.to > from),
  );
}

function hoursOf(disturbed: readonly Time[]): DisturbedHours {
  const half = disturbed.length >> 1;
  return {
    excluded: disturbed.slice(0, half).map((it) => ({ ...it, components: [it.component] })),
    incidents: disturbed.slice(half).map(({ from, to, component }) => ({
      components: [component],
      started_at: from,
      resolved_at: to === Number.POSITIVE_INFINITY ? null : to,
    })),
  };
}

test('what nothing of the component overlaps is left, however many overlap one another', () => {
  const random = createRandom(45);
  const upTo = (n: number) => Math.floor(random() * n);
  for (let round = 0; round < 300; round += 1) {
    const disturbed = Array.from({ length: upTo(8) }, () => {
      const from = upTo(100);
      const to = random() < 0.1 ? Number.POSITIVE_INFINITY : from + upTo(20) + 1;
      return { from, to, component: random() < 0.7 ? OURS : 'shop.sync' };
    });
    let at = 0;
    const times = Array.from({ length: upTo(20) }, () => {
      const from = at + upTo(5);
      at = from + upTo(8) + 1;
      return { from, to: at, component: OURS };
    });
    expect(undisturbed(times, OURS, hoursOf(disturbed))).toEqual(plainly(times, disturbed));
  }
});
