import type { JudgedResult } from '../../collector/judging/result.ts';
import { createRecorder, type RecorderParts } from '../../collector/recorder.ts';
import { resumeLiveState } from '../../collector/resume.ts';
import { registeredChecks, siteOf } from '../../collector/state/site.ts';
import type { Configuration } from '../../model/configuration.ts';
import { randomId } from '../../model/ids.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE } from '../../model/time.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
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

/**
 * A recorder that goes on where the store says we were; `changed`: what a test needs otherwise. Its
 * results are batches of one, valid for `valid_ms`.
 */
export async function resumeRecorder(
  store: Store,
  settings: Configuration = configuration(),
  { valid_ms = MINUTE, ...changed }: Partial<RecorderParts> & { valid_ms?: number } = {},
) {
  const { clock = fakeClock } = changed;
  const site = siteOf(settings);
  const live = await resumeLiveState(store, site, clock.now());
  const recorder = createRecorder({
    store,
    site,
    live,
    installation: 'test',
    newId: randomId,
    clock,
    log: quiet,
    observer: { committed() {}, judged() {} },
    ...changed,
  });
  async function recordResult(result: Result): Promise<JudgedResult> {
    const { slot_at } = result;
    const valid_until = slot_at + valid_ms;
    const next_slot_at = slot_at + valid_ms / 2;
    const [judged] = await recorder.batch({ results: [{ result, valid_until, next_slot_at }] });
    if (!judged) throw new Error('covered by a gap');
    return judged;
  }
  return { recorder: { ...recorder, result: recordResult }, live };
}
