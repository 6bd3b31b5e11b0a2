import { createUpkeep, type UpkeepParts } from '../../collector/upkeep/upkeep.ts';
import { DEFAULT_RETENTION } from '../../model/policy.ts';
import type { Clock } from '../../model/ports.ts';
import type { Store } from '../../store/store.ts';
import { quiet } from '../platform/quiet.ts';
import { configuration } from './configuration.ts';
import { openSiteStore, resumeRecorder } from './recording.ts';
import { fakeClock } from './world.ts';

interface CountingParts extends Partial<Pick<UpkeepParts, 'retention'>> {
  clock?: Clock;
  /** What the recorder writes to, if it is not the same. */
  recorded?: Store;
}

/**
 * A recorder and the upkeep of what it records, as the collector has them; they end like a killed
 * process when nothing calls them any more.
 */
export async function startCounting(
  store: Store,
  { clock = fakeClock, recorded = store, retention = DEFAULT_RETENTION }: CountingParts = {},
) {
  const settings = configuration();
  await store.installation();
  const { site } = await openSiteStore(settings);
  const { recorder, live } = await resumeRecorder(recorded, settings, {
    clock,
    observer: {
      committed: (recording) => upkeep.committed(recording),
      judged: ({ result }) => upkeep.result(result),
      dropped() {},
    },
  });
  const { inOrder } = recorder;
  const zone = settings.page.zone;
  const upkeep = createUpkeep({
    store,
    site,
    live,
    zone,
    retention,
    clock,
    log: quiet,
    inOrder,
  });
  await recorder.start();
  return { recorder, upkeep, live };
}
