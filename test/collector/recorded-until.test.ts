import { expect, test } from 'vitest';
import { downtimeBefore } from '../../collector/downtime.ts';
import { type Configuration, isScheduled } from '../../model/configuration.ts';
import { SECOND } from '../../model/time.ts';
import { regularSlots } from '../../probes/line/schedule/regular.ts';
import { result } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';
import { aBatch, dated, openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

const slotAfter = regularSlots(configuration().checks.filter(isScheduled));

/** The slots of a check up to an instant. */
function slotsUntil(check: string, until: number): number[] {
  const slots: number[] = [];
  for (let at = slotAfter(check, START); at < until; at = slotAfter(check, at)) slots.push(at);
  return slots;
}

interface Past {
  /** What was not recorded. */
  lost: (check: string, slot_at: number) => boolean;
  gap_at?: number;
  judged_since?: number;
  restored?: boolean;
  settings?: Configuration;
}

/** A minute of slots of both checks, but those that are lost, and a heartbeat; then a start. */
async function startAfter({ lost, gap_at, judged_since = 0, restored = false, ...past }: Past) {
  stopTime();
  const { settings = configuration() } = past;
  const { store, site } = await openSiteStore(settings);
  const { recorder, live } = await resumeRecorder(store, settings);
  const heartbeat_at = START + 60 * SECOND;
  for (const check of ['shop-upload', 'bureau-query'])
    for (const slot_at of slotsUntil(check, heartbeat_at))
      if (!lost(check, slot_at))
        await recorder.batch(aBatch({ results: [dated(result(slot_at, { check }))] }));
  if (gap_at !== undefined)
    await store.record({ gaps: [{ from: gap_at - 1, to: gap_at + 1, cause: 'lock' }] });
  const now = heartbeat_at + 20 * SECOND;
  if (restored) await store.markRestored(now - SECOND);
  const clock = { now: () => now, monotonic: () => 0 };
  const known = { ...live, heartbeat_at, judged_since };
  const { downtime } = await downtimeBefore({ store, site, live: known, clock });
  await store.close();
  return { downtime, heartbeat_at, now };
}

const LAST = slotsUntil('bureau-query', START + 60 * SECOND).at(-1) ?? 0;

test('all is recorded: nothing was measured since the last heartbeat', async () => {
  const { downtime, heartbeat_at, now } = await startAfter({ lost: () => false });
  expect(downtime).toEqual({ from: heartbeat_at, to: now, cause: 'restart' });
});

test('put back from a backup: what was measured since its last heartbeat is lost', async () => {
  const { downtime, heartbeat_at, now } = await startAfter({ lost: () => false, restored: true });
  expect(downtime).toEqual({ from: heartbeat_at, to: now, cause: 'restored' });
});

test('a slot before the heartbeat was lost: nothing was recorded since that slot', async () => {
  const lost = (check: string, at: number) => check === 'bureau-query' && at >= LAST - 15 * SECOND;
  const { downtime } = await startAfter({ lost });
  expect(downtime?.from).toBe(LAST - 15 * SECOND);
});

test('a slot of longer ago than a run may take is no matter of the restart', async () => {
  // 5 s late, with a deadline of 8 s, and held for 10 s.
  const lost = (check: string, at: number) => check === 'bureau-query' && at >= LAST - 30 * SECOND;
  const { downtime, heartbeat_at } = await startAfter({ lost });
  expect(downtime?.from).toBeGreaterThan(heartbeat_at - 23 * SECOND);
  expect(downtime?.from).toBe(LAST - 15 * SECOND);
});

test('a download may take ten seconds more, in which its file is judged', async () => {
  const lost = (check: string, at: number) => check === 'bureau-query' && at >= LAST - 30 * SECOND;
  const startOf = (fn: 'query' | 'download') => {
    const settings = configuration();
    // 28 s in all, of a download 38; the slot is 37 s before the heartbeat.
    const longer = { function: fn, deadline_ms: 13 * SECOND };
    const checks = settings.checks.map((it) =>
      it.id === 'bureau-query' && isScheduled(it) ? { ...it, ...longer } : it,
    );
    return startAfter({ lost, settings: { ...settings, checks } });
  };
  expect((await startOf('query')).downtime?.from).toBe(LAST - 15 * SECOND);
  expect((await startOf('download')).downtime?.from).toBe(LAST - 30 * SECOND);
});

test('nor is one after which another was recorded', async () => {
  const lost = (check: string, at: number) => check === 'bureau-query' && at === LAST - 15 * SECOND;
  const { downtime, heartbeat_at } = await startAfter({ lost });
  expect(downtime?.from).toBe(heartbeat_at);
});

test('a slot in a gap is known', async () => {
  const lost = (check: string, at: number) => check === 'bureau-query' && at === LAST;
  const { downtime, heartbeat_at } = await startAfter({ lost, gap_at: LAST });
  expect(downtime?.from).toBe(heartbeat_at);
});

test('of another schedule nobody knows the slots', async () => {
  const lost = (check: string, at: number) => check === 'bureau-query' && at === LAST;
  const other = await startAfter({ lost, judged_since: Number.MAX_SAFE_INTEGER });
  expect(other.downtime?.from).toBe(other.heartbeat_at);
  expect((await startAfter({ lost })).downtime?.from).toBe(LAST);
});
