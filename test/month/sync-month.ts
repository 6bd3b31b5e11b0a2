import { join } from 'node:path';
import { syncMemoryOf } from '../../collector/state/live-state.ts';
import { registeredChecks, siteOf } from '../../collector/state/site.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Journey } from '../../model/journey.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import type { Signer } from '../../model/ports.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { aBatch, dated, resumeRecorder } from '../collector/recording.ts';
import { result } from '../model/builders.ts';
import { createRandom } from '../random.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';
import { drawInvoices, lognormal, losing, standingStill, switched } from '../sync/invoices.ts';
import type { Stretch } from './oracle/facts.ts';
import type { Look, SyncFacts } from './oracle/sync.ts';
import { createMonthReader, type Read } from './reader.ts';
import { HOUR_MS, MINUTE_MS, MONTH_BEGINS } from './site.ts';

export const SYNC = 'beijing.sync';
const CHECK = 'beijing-sync';
const UPLOAD = 'pinduoduo-upload';
const READ_EVERY_MS = 5 * MINUTE_MS;
const LATE_MS = 10 * MINUTE_MS;

/** What befalls a sync: it stands still, we are away, and a tenth is lost. */
const STALL = { from: MONTH_BEGINS + 1.5 * HOUR_MS, to: MONTH_BEGINS + 2.25 * HOUR_MS };
const AWAY = { from: MONTH_BEGINS + 3 * HOUR_MS, to: MONTH_BEGINS + 3.25 * HOUR_MS };
const LOSES_FROM = MONTH_BEGINS + 4 * HOUR_MS;
const ENDS_AT = MONTH_BEGINS + 7 * HOUR_MS;
/** In which nothing is wrong, and nothing of what was is left. */
export const HEALTHY: readonly Stretch[] = [
  { from: MONTH_BEGINS + HOUR_MS / 4, to: STALL.from },
  { from: STALL.to + HOUR_MS / 3, to: AWAY.from },
  { from: AWAY.to + HOUR_MS / 4, to: LOSES_FROM },
];

function syncConfiguration(): Configuration {
  const base = siteConfiguration({ demo: false });
  const policy = { ...DEFAULT_POLICY, overdue_after_ms: LATE_MS, stalled_after_ms: LATE_MS };
  return {
    ...base,
    checks: base.checks.filter(({ id }) => id === CHECK || id === UPLOAD),
    policies: Object.fromEntries(
      ['pinduoduo.upload', SYNC].map((it) => [it, { ...policy, slow_wait_ms: 4 * HOUR_MS }]),
    ),
    tasks: [],
  };
}

export interface LivedSyncMonth extends SyncFacts {
  reads: readonly Read[];
}

/** Lives through drawn invoices with the real recorder, store and page. */
export async function liveThroughSync(
  seed: number,
  folder: string,
  signer: Signer,
): Promise<LivedSyncMonth> {
  const random = createRandom(seed);
  const healthy = lognormal(2 * MINUTE_MS, 0.6);
  const delay = standingStill(STALL, switched(LOSES_FROM, healthy, losing(0.1, healthy)));
  const span = { from: MONTH_BEGINS, to: ENDS_AT, per_hour: 60 };
  const invoices = drawInvoices(span, delay, random);
  const path = join(folder, 'sync.db');
  const configuration = syncConfiguration();
  const site = siteOf(configuration);
  const component = site.components.get(SYNC);
  if (!component) throw new Error('no sync');
  const store = await openStore({ path });
  await store.register(registeredChecks(site));
  const reader = await openStoreReader({ path });
  let now = MONTH_BEGINS;
  const clock = { now: () => now, monotonic: () => now };
  const somebody = await createMonthReader({ store, reader, configuration, signer, path, clock });
  let running = await resumeRecorder(store, configuration, { clock });
  const looks: Look[] = [];
  const reads: Read[] = [];
  const waiting = () => [...syncMemoryOf(running.live, component).waiting.values()];
  const queue = [...invoices];
  let read_state: string | null = null;
  for (let next_minute = MONTH_BEGINS; now < ENDS_AT; ) {
    const due = nextLook(waiting());
    const accepted_at = queue[0]?.accepted_at ?? ENDS_AT;
    const is_away = now >= AWAY.from && now < AWAY.to;
    const look_at = due === null || is_away ? ENDS_AT : Math.max(now, due.next_look_at ?? now);
    now = Math.min(accepted_at, look_at, next_minute);
    if (now === next_minute) {
      await everyMinute();
      next_minute += MINUTE_MS;
    } else if (now === accepted_at) await accept();
    else if (due !== null) await look(due);
  }
  await running.recorder.stop(now);
  somebody.close();
  await reader.close();
  await store.close();
  const accepted = invoices.map((it) => it.accepted_at).filter((it) => !isIn(AWAY, it));
  return { accepted, looks, away: [AWAY], late_ms: LATE_MS, stalled_ms: LATE_MS, reads };

  async function everyMinute(): Promise<void> {
    if (now === AWAY.from) await running.recorder.stop(now);
    if (now === AWAY.to) {
      running = await resumeRecorder(store, configuration, { clock });
      const downtime = { ...AWAY, cause: 'restart' as const };
      await running.recorder.open({ recording: {}, downtime, set_back: null });
    }
    const is_away = now >= AWAY.from && now < AWAY.to;
    if (!is_away) await running.recorder.time();
    const state = running.live.statuses.get(SYNC)?.state ?? null;
    if (state !== read_state || (now - MONTH_BEGINS) % READ_EVERY_MS === 0)
      reads.push(await somebody.read({ at: now, true_at: now }));
    read_state = state;
  }

  /** What is accepted while we are away is followed when we are back. */
  async function accept(): Promise<void> {
    const invoice = queue.shift();
    if (!invoice || isIn(AWAY, now)) return;
    const number = `26${String(invoices.indexOf(invoice)).padStart(18, '0')}`;
    const accepted = { number, issued: '20261001000000', accepted_at: now };
    const upload = dated(result(now - 1_000, { check: UPLOAD, accepted }));
    await running.recorder.batch(aBatch({ results: [upload] }));
  }

  async function look({ id, accepted_at }: Journey): Promise<void> {
    const invoice = invoices.find((it) => it.accepted_at === accepted_at);
    const is_there = (invoice?.arrives_at ?? Number.POSITIVE_INFINITY) <= now;
    looks.push({ accepted_at, at: now, is_there });
    await running.recorder.look(
      { id, check: CHECK },
      {
        started_at: now,
        finding: is_there ? 'found' : 'absent',
        duration_ms: 0,
        outcome: 'ok',
        reason: null,
      },
    );
  }
}

function isIn({ from, to }: Stretch, at: number): boolean {
  return from <= at && at < to;
}

function nextLook(waiting: readonly Journey[]): Journey | null {
  const sorted = waiting.toSorted((a, b) => (a.next_look_at ?? 0) - (b.next_look_at ?? 0));
  return sorted[0] ?? null;
}
