import type { JudgedResult } from '../../collector/judging/result.ts';
import { createRecorder, type RecorderParts } from '../../collector/recorder.ts';
import type { Opening } from '../../collector/recording/opening.ts';
import { resumeLiveState } from '../../collector/resume.ts';
import { advance, type LiveState } from '../../collector/state/live-state.ts';
import { registeredChecks, siteOf } from '../../collector/state/site.ts';
import type { Gap } from '../../model/component.ts';
import type { Configuration } from '../../model/configuration.ts';
import { randomId } from '../../model/ids.ts';
import type { Incident } from '../../model/incident.ts';
import type { Clock } from '../../model/ports.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE } from '../../model/time.ts';
import type { LineBatch, LineResult } from '../../probes/line/batch.ts';
import { carryClock } from '../../probes/line/watch/wall-clock.ts';
import type { Recording } from '../../store/record.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { signedBy } from '../model/signed-by.ts';
import { quiet } from '../platform/quiet.ts';
import { temporaryPath } from '../store/temporary.ts';
import { configuration } from './configuration.ts';
import { fakeClock } from './world.ts';

/** A real database that knows the checks of the site. */
export async function openSiteStore(settings = configuration(), path = temporaryPath()) {
  const store = await openStore({ path });
  const site = siteOf(settings);
  await store.register(registeredChecks(site));
  return { store, site, path };
}

/** What a line hands over; nothing but what is given. */
export function aBatch(given: Partial<LineBatch> = {}): LineBatch {
  return { results: [], gaps: [], steps: [], conditions: [], ...given };
}

/** The result as a line hands it over, with slots every half of `valid_ms`. */
export function dated(result: Result, valid_ms = MINUTE): LineResult {
  const { slot_at } = result;
  return { result, valid_until: slot_at + valid_ms, next_slot_at: slot_at + valid_ms / 2 };
}

interface ChangedParts extends Partial<Omit<RecorderParts, 'clock'>> {
  valid_ms?: number;
  clock?: Clock;
  since_boot?: () => number | null;
}

/**
 * A recorder that goes on where the store says we were; `changed`: what a test needs otherwise. Its
 * single results are batches of one, valid for `valid_ms`.
 */
export async function resumeRecorder(
  store: Store,
  settings: Configuration = configuration(),
  { valid_ms = MINUTE, ...changed }: ChangedParts = {},
) {
  const { since_boot = () => null, observer } = changed;
  const clock = carryClock(changed.clock ?? fakeClock, since_boot);
  const site = siteOf(settings);
  const { live, recording } = await resumeLiveState(store, site, clock.now());
  await store.record(recording);
  advance(live, { recording });
  const judged: JudgedResult[] = [];
  const recorder = createRecorder({
    store,
    site,
    live,
    installation: 'test',
    signer: signedBy('test'),
    newId: randomId,
    log: quiet,
    ...changed,
    clock,
    observer: {
      committed() {},
      dropped() {},
      ...observer,
      judged(one) {
        judged.push(one);
        observer?.judged(one);
      },
    },
  });
  async function recordResult(result: Result): Promise<JudgedResult> {
    await recorder.batch(aBatch({ results: [dated(result, valid_ms)] }));
    const found = judged.findLast(
      (it) => it.result.check === result.check && it.result.slot_at === result.slot_at,
    );
    if (!found) throw new Error('it was not recorded');
    return found;
  }
  const open = (given: Partial<Opening> = {}) =>
    recorder.open({ recording: {}, downtime: null, set_back: null, ...given });
  return {
    recorder: {
      ...recorder,
      result: recordResult,
      start: () => open(),
      gap: (downtime: Gap) => open({ downtime }),
    },
    live,
    judged,
    /** What the start wrote. */
    resumed: recording,
  };
}

/** The incidents that the collector knows to be open. */
export function knownOpenIncidents({ incidents }: LiveState): Incident[] {
  const all = [...incidents.values()].map(({ incident }) => incident);
  return all.filter(({ resolved_at }) => resolved_at === null);
}

/** Keeps the kinds of the notices that are written. */
export function keepNotices() {
  const notices: string[] = [];
  const observer = {
    committed: ({ notices: written = [] }: Recording) =>
      void notices.push(...written.map(({ kind }) => kind)),
    judged() {},
    dropped() {},
  };
  return { notices, observer };
}
