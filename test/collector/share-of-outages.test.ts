import { expect, it, vi } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { componentId } from '../../model/vocabulary.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, query } from './judged-site.ts';
import { openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

const OUTAGE_MS = 90 * SECOND;
const CONFIRM_MS = 10 * SECOND;

it.each([
  ['a minute, 1 of 20 bad', MINUTE, 20, 2 * HOUR],
  ['a minute, 1 of 30 bad', MINUTE, 30, 4 * HOUR],
  ['5 minutes, 1 of 20 bad', 5 * MINUTE, 20, 24 * HOUR],
  ['15 s, 1 of 15 bad', 15 * SECOND, 15, 2 * HOUR],
])('an outage of 90 s is an outage and nothing else: slots of %s', async (_, every, nth, past) => {
  stopTime();
  const settings = configuration({ confirmations: 'auto', confirm_distance_ms: CONFIRM_MS });
  const { store } = await openSiteStore(settings);
  const { recorder } = await resumeRecorder(store, settings, { valid_ms: 2 * every });
  const see = (at: number, is_bad: boolean) => {
    vi.setSystemTime(START + at + 200);
    return recorder.result(query(START + at, is_bad ? FAILED : {}));
  };
  // By chance, the first one when enough was measured, the last one well before the outage.
  for (let n = 0; n * every < past; n += 1) await see(n * every, n % nth === 10);
  for (let at = past; at < past + OUTAGE_MS; at += CONFIRM_MS) await see(at, true);
  const well_at = Math.ceil((past + OUTAGE_MS) / every) * every;
  for (let n = 0; n < 30; n += 1) await see(well_at + n * every, false);

  const all = await store.transitions(START, START + 2 * past);
  const told = all.filter(({ component }) => component === componentId('bureau', 'query'));
  expect(told.map(({ to, since }) => [to, since - START])).toEqual([
    ['operational', 0],
    ['major_outage', past],
    ['operational', well_at],
  ]);
});
