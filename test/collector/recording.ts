import { createRecorder, type RecorderParts } from '../../collector/recorder.ts';
import { resumeLiveState } from '../../collector/resume.ts';
import { registeredChecks, siteOf } from '../../collector/state/site.ts';
import type { Configuration } from '../../model/configuration.ts';
import { randomId } from '../../model/ids.ts';
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

/** A recorder that goes on where the store says we were; `changed`: what a test needs otherwise. */
export async function resumeRecorder(
  store: Store,
  settings: Configuration = configuration(),
  changed: Partial<RecorderParts> = {},
) {
  const { clock = fakeClock } = changed;
  const site = siteOf(settings);
  const live = await resumeLiveState(store, site, clock.now());
  const recorder = createRecorder({
    store,
    site,
    live,
    installation: 'test',
    validUntil: (_, slot_at) => slot_at + MINUTE,
    newId: randomId,
    clock,
    log: quiet,
    observer: { committed() {}, judged() {} },
    ...changed,
  });
  return { recorder, live };
}
