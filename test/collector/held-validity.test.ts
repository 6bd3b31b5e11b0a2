import { expect, it, vi } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { componentId } from '../../model/vocabulary.ts';
import { configuration, START } from './configuration.ts';
import { query } from './judged-site.ts';
import { aBatch, openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

const SILENT = { outcome: 'timeout', reason: 'timeout_connect' } as const;

it.each([
  [2, 2],
  [5, 5],
  [10, 5],
])(
  'slots of %i s, a deadline of %i s, 9.5 s for the proof: one outage',
  async (every, deadline) => {
    stopTime();
    const settings = configuration({ confirmations: 3, confirm_distance_ms: 10 * SECOND });
    const of_deadline = settings.checks.map((it) => ({ ...it, deadline_ms: deadline * SECOND }));
    const { store } = await openSiteStore({ ...settings, checks: of_deadline });
    const { recorder } = await resumeRecorder(store, { ...settings, checks: of_deadline });
    const slots = Array.from({ length: 120 / every }, (_, n) => n * every);
    const known = slots.map((s) => {
      const slot_at = START + s * SECOND;
      const is_bad = s >= 30;
      const result = query(slot_at, is_bad ? { ...SILENT, duration_ms: deadline * SECOND } : {});
      const valid_until = slot_at + (2 * every + deadline) * SECOND;
      const next_slot_at = slot_at + every * SECOND;
      return { at: s + (is_bad ? deadline + 9.5 : 0.2), it: { result, valid_until, next_slot_at } };
    });
    for (let s = 0; s < 120; s += 0.5) {
      vi.setSystemTime(START + s * SECOND);
      const now = known.filter(({ at }) => s - 0.5 < at && at <= s);
      for (const { it } of now) await recorder.batch(aBatch({ results: [it] }));
      await recorder.time();
    }
    const told = await store.transitions(START, START + 200 * SECOND);
    expect(
      told
        .filter(({ component }) => component === componentId('bureau', 'query'))
        .map(({ to, since }) => [to, (since - START) / SECOND]),
    ).toEqual([
      ['operational', 0],
      ['major_outage', 30],
    ]);
  },
);
