import { expect, it, vi } from 'vitest';
import type { Proof } from '../../model/proof.ts';
import { MINUTE } from '../../model/time.ts';
import { componentId } from '../../model/vocabulary.ts';
import { configuration, START } from './configuration.ts';
import { query } from './judged-site.ts';
import { openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

/** Silent, and nothing else was asked or answers: the one host blamed without proof. */
const UNPROVEN: Proof = {
  contact: {
    host: 'one.example',
    address: '192.0.2.1',
    reach: 'silent',
    resolver_differs: false,
  },
  is_local: false,
  loop_delay_ms: 0,
  other_answer: null,
  neutrals: [],
  control: null,
  line: { failed: 1, answered: 0, blamed: 'one.example' },
};
const SILENT = {
  outcome: 'timeout',
  reason: 'timeout_connect',
  proof: UNPROVEN,
  contact: UNPROVEN.contact,
} as const;

it.each([
  ['', false],
  [', also after a restart', true],
])('single failures that nothing proves say that it may be our line%s', async (_, restarts) => {
  stopTime();
  const settings = configuration({ confirmations: 'auto' });
  const { store } = await openSiteStore(settings);
  let now = await resumeRecorder(store, settings, { valid_ms: 2 * MINUTE });
  const measure = async (from: number, to: number) => {
    for (let n = from; n < to; n += 1) {
      const at = START + n * MINUTE;
      vi.setSystemTime(at + 200);
      await now.recorder.result(query(at, n % 4 === 2 ? SILENT : {}));
    }
  };
  await measure(0, 18);
  if (restarts) {
    await now.recorder.stop();
    now = await resumeRecorder(store, settings, { valid_ms: 2 * MINUTE });
    await now.recorder.start();
  }
  await measure(18, 30);
  const status = now.live.statuses.get(componentId('bureau', 'query'));
  expect(status?.notes.map(({ code }) => code)).toEqual(['some_users_affected', 'maybe_our_line']);
  const [incident] = await store.incidents({ limit: 1 });
  expect(incident?.maybe_our_line).toBe(true);
});
