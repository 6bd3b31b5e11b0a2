import { expect, it } from 'vitest';
import { isOutage } from '../../../model/severity.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { State } from '../../../model/vocabulary.ts';
import { createRandom } from '../../random.ts';
import { T0 } from '../builders.ts';
import { Story } from './story.ts';

const STATES: State[] = [
  'operational',
  'operational',
  'major_outage',
  'partial_outage',
  'unknown',
  'under_maintenance',
];
const LOOK_MS = 10 * SECOND;

/** What lasts has to be told: an event that does not apply to its incident would hold it up. */
it.each([1, 2, 3, 4])(
  'an outage that lasts stands in an incident, whatever was before: %i',
  (n) => {
    for (let seed = 100 * n; seed < 100 * n + 50; seed += 1) {
      const random = createRandom(seed);
      const oneOf = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
      const story = new Story();
      story.settle_ms = MINUTE;
      const is = new Map<string, { state: State; since: number }>();
      for (let now = T0; now < T0 + 60 * MINUTE; now += LOOK_MS) {
        const name = oneOf(['query', 'download']);
        const next = random() < 0.3 ? oneOf(STATES) : is.get(name)?.state;
        if (next && next !== is.get(name)?.state) is.set(name, { state: next, since: now });
        story.at(now, Object.fromEntries([...is].map(([id, { state }]) => [id, state])));
        const lasting = [...is]
          .filter(([, it]) => isOutage(it.state) && now - it.since > MINUTE + LOOK_MS)
          .map(([id, { state }]) => [id, state] as const);
        const published = story.publishedOpen(lasting.map(([id]) => id));
        expect([seed, now - T0, published]).toEqual([seed, now - T0, lasting]);
      }
    }
  },
);
