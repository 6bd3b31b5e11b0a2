import { expect, onTestFinished, test } from 'vitest';
import type { Alert } from '../../model/alert.ts';
import type { Note } from '../../model/component.ts';
import type { ReachedStage } from '../../model/stage.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { Locale, State } from '../../model/vocabulary.ts';
import { loadPayload } from '../../notify/payload.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { journey, reachedStage, transition } from '../model/builders.ts';
import { aStatus } from '../status-page/site.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';
import { temporaryPath } from '../store/temporary.ts';
import { anAlert, NOTICE, SIGNER, START } from './samples.ts';

const SYNC = 'beijing.sync';
const STALLED: Note = { code: 'stalled', waiting: 4, oldest_accepted_at: START - HOUR };
const SLOW: Note = { code: 'sync_slow', n: 20, limit_ms: MINUTE };

const waiting = (id: string, minutes: number) => journey(START - minutes * MINUTE, { id });
const reached = (id: string, stage: ReachedStage['stage'], minutes: number) =>
  reachedStage(START - minutes * MINUTE, { journey: id, stage });

/** Accepted at 08:30, 08:40, 08:50 and, after the notice, 09:01; one came after it. */
const INVOICES = {
  journeys: [
    waiting('a', 30),
    waiting('b', 20),
    { ...waiting('c', 10), state: 'arrived' as const, number: null, first_present_at: START + 1 },
    waiting('d', -1),
  ],
  reached_stages: [
    reached('a', 'reviewed', 29),
    reached('a', 'issued', 28),
    reached('b', 'issued', 19),
    // Only after the notice.
    reached('b', 'sealed', -2),
  ],
};

interface Told {
  note?: Note;
  state?: State;
  alert?: Partial<Alert>;
  locale?: Locale;
  recorded?: Partial<typeof INVOICES>;
  /** What the sync was by the notice. */
  published?: State;
}

/** What operators are told of an alert of the sync, an hour after its notice. */
async function tell(told: Told = {}): Promise<string[]> {
  const { note = STALLED, state = 'major_outage', locale = 'zh-CN', recorded = INVOICES } = told;
  const site = siteConfiguration({ demo: false });
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  await store.register(
    site.checks.map((it) => ({
      check: it.id,
      component: `${it.system}.${it.function}`,
      system: it.system,
      function: it.function,
      line: it.line,
    })),
  );
  const alert = anAlert({ subject: SYNC, state, notes: [note], ...told.alert });
  const to = told.published ?? state;
  await store.record({
    components: [aStatus(SYNC, to)],
    transitions: [{ ...transition(START - 12 * SECOND, to, SYNC), notes: [note] }],
    alerts: [alert],
    ...recorded,
  });
  const kind = alert.resolved_at === null ? 'alert_opened' : 'alert_resolved';
  const notice = { ...NOTICE, kind, ref: alert.id, update: null } as const;
  const payload = await loadPayload(store, notice, START + HOUR);
  if (payload?.subject !== 'alert') throw new Error('no alert');
  const recipient = { channel: 'log', address: '', locale, secret: null, links: null };
  const message = { delivery_id: 'd1', notice, payload, to: recipient };
  return createRender(site, SIGNER)(message).announcement.body;
}

test.each([
  [
    'zh-CN',
    '在等的发票走到哪一步（已知的最后一步）：受理 1 张（最早的 2026年1月5日 08:50 受理）、' +
      '开具 2 张（最早的 2026年1月5日 08:30 受理）。',
  ],
  [
    'en',
    'Last known stage of those that wait: ' +
      'Accepted 1 (the oldest accepted Jan 5, 2026, 08:50), ' +
      'Issued 2 (the oldest accepted Jan 5, 2026, 08:30).',
  ],
  [
    'ja',
    '到着待ちの発票が達した段階（判明している最後のもの）：' +
      '受理1件（最も早いものは2026年1月5日 08:50に受理）、' +
      '発行2件（最も早いものは2026年1月5日 08:30に受理）。',
  ],
] as const)(
  'in %s an alert of a stalled sync says where invoices waited then',
  async (locale, said) => {
    expect((await tell({ locale })).at(-1)).toBe(said);
  },
);

test('so does one that is slow', async () => {
  const body = await tell({ note: SLOW, state: 'degraded_performance' });
  expect(body.at(-1)).toContain('走到哪一步');
});

const isSaid = (body: readonly string[]) => body.some((it) => it.includes('走到哪一步'));

test('that all wait since their acceptance is said only where events tell of stages', async () => {
  const { journeys } = INVOICES;
  expect(isSaid(await tell({ recorded: { journeys } }))).toBe(false);
  const of_others = [reached('gone', 'sealed', 23 * 60)];
  const body = await tell({ recorded: { journeys, reached_stages: of_others } });
  expect(body.at(-1)).toContain('受理 3 张（最早的 2026年1月5日 08:30 受理）。');
  const of_another = of_others.map((it) => ({ ...it, check: 'beijing-query' }));
  expect(isSaid(await tell({ recorded: { journeys, reached_stages: of_another } }))).toBe(false);
});

test('nothing is said once it is over, where it is not known, or none waits', async () => {
  const over = { resolved_at: START, resolved_since: START - SECOND };
  expect(isSaid(await tell({ alert: over }))).toBe(false);
  expect(isSaid(await tell({ published: 'unknown' }))).toBe(false);
  expect(isSaid(await tell({ alert: { kind: 'stale', state: 'unknown', notes: [] } }))).toBe(false);
  const { reached_stages } = INVOICES;
  expect(isSaid(await tell({ recorded: { reached_stages } }))).toBe(false);
});

test('an alert of another function of the system says nothing of it', async () => {
  expect(isSaid(await tell({ alert: { subject: 'beijing.download' } }))).toBe(false);
});
