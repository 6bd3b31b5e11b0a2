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
    await now.recorder.stop(Date.now());
    now = await resumeRecorder(store, settings, { valid_ms: 2 * MINUTE });
    await now.recorder.start();
  }
  await measure(18, 30);
  const status = now.live.statuses.get(componentId('bureau', 'query'));
  expect(status?.notes.map(({ code }) => code)).toEqual(['some_users_affected', 'maybe_our_line']);
  const [incident] = await store.incidents({ limit: 1 });
  expect(incident?.maybe_our_line).toBe(true);
});

/** The same, while another host answers. */
const PROVEN = { ...SILENT, proof: { ...UNPROVEN, other_answer: { host: 'b', after_ms: 0 } } };

async function measured(letters: Record<string, object>, word: string) {
  stopTime();
  const settings = configuration({ confirmations: 2, slow_ms: 1_000, degraded_opens_after_ms: 0 });
  const { store } = await openSiteStore(settings);
  const { recorder } = await resumeRecorder(store, settings);
  for (const [n, letter] of [...word].entries()) {
    const at = START + (n * MINUTE) / 2;
    vi.setSystemTime(at + 200);
    await recorder.result(query(at, letters[letter]));
  }
  const [incident] = await store.incidents({ limit: 1 });
  expect(await store.integrityProblems()).toEqual([]);
  return incident;
}

const LETTERS = { g: {}, u: SILENT, p: PROVEN, s: { duration_ms: 1_500 } };

it.each([
  ['guu', true, 'nothing proves it'],
  ['guup', false, 'a later failure is proven, although its state stays'],
  ['guupu', false, 'and it does not come back'],
  ['gpp', false, 'it is proven at once'],
  ['gsssuu', true, 'an outage that nothing proves, after it was slow'],
  ['gsssuup', false, 'and that is proven then'],
])('an incident of %s says that it may be our line: %s (%s)', async (word, is_said) => {
  const incident = await measured(LETTERS, word);
  expect(incident?.maybe_our_line).toBe(is_said);
  expect(incident?.seen_from).toBe('local');
});

it('an incident says from which line it was seen until something answers', async () => {
  const answered = { outcome: 'system', reason: 'http_status', detail: 'HTTP 503' };
  expect((await measured({ ...LETTERS, h: answered }, 'guuh'))?.seen_from).toBeNull();
});

it('an incident follows a share of failures that is proven later', async () => {
  const incident = await measured(LETTERS, `${'g'.repeat(14)}${'ugg'.repeat(8)}`);
  expect(incident?.maybe_our_line).toBe(true);
  const later = await measured(LETTERS, `${'g'.repeat(14)}${'ugg'.repeat(8)}${'pgg'.repeat(12)}`);
  expect(later?.maybe_our_line).toBe(false);
  expect(later?.updates.map(({ code }) => code)).toEqual(['opened']);
});
