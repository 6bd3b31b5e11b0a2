import { expect, test } from 'vitest';
import {
  emptyLiveState,
  forgetSpecimens,
  keepSpecimen,
  lastOf,
} from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import { specimen } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';

const file = (n: number, seen_at = START + n) =>
  specimen({ check: 'bureau-download', invoice: `invoice ${n}`, last_seen_at: seen_at });

function known(live: ReturnType<typeof emptyLiveState>): string[] {
  return (live.specimens.get('bureau-download') ?? []).map(({ invoice }) => invoice);
}

test('of a check two hundred files are remembered, those seen last', () => {
  const live = emptyLiveState(siteOf(configuration()), START);
  for (let n = 0; n < 200; n += 1) keepSpecimen(live, file(n));
  keepSpecimen(live, file(0, START + 500));
  expect(known(live)).toHaveLength(200);
  keepSpecimen(live, file(200));
  expect(known(live)).toHaveLength(200);
  expect(known(live)).not.toContain('invoice 1');
  expect(known(live)).toContain('invoice 0');
});

test('files last seen before an instant are forgotten, and a check with none', () => {
  const live = emptyLiveState(siteOf(configuration()), START);
  for (let n = 0; n < 3; n += 1) keepSpecimen(live, file(n));
  forgetSpecimens(live, START + 1);
  expect(known(live)).toEqual(['invoice 1', 'invoice 2']);
  forgetSpecimens(live, START + 3);
  expect(live.specimens.has('bureau-download')).toBe(false);
});

test('of gaps the last fifty are remembered', () => {
  const gaps = Array.from({ length: 60 }, (_, n) => ({
    from: n,
    to: n + 1,
    cause: 'clock' as const,
  }));
  expect(lastOf(gaps)).toEqual(gaps.slice(10));
});
