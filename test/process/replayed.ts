import { replayLedger } from '../../collector/replay/replay.ts';
import { siteOf } from '../../collector/state/site.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { loadConfiguration } from '../../platform/config/load.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';

interface RecordedBy {
  path: string;
  /** The file by which it was measured, and the secrets that it names. */
  config: string;
  env?: Record<string, string>;
}

/** What nothing was measured of since may have run out by the end, and is unknown from there on. */
const SETTLES_MS = 15 * SECOND;

/**
 * Where the ledger of a stopped installation says something else than the judge says of all its
 * results: `bureau.query, 12:00:01.000 to 12:00:02.500: major_outage, again operational`.
 */
export async function replayedDifferences({
  path,
  config,
  env = {},
}: RecordedBy): Promise<string[]> {
  const argv = ['--config', config];
  const site = siteOf(loadConfiguration({ argv, env, drivers: SYSTEMS }));
  const store = await openStoreReader({ path });
  try {
    const [first] = await store.results({ from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1 });
    const heartbeat_at = (await store.heartbeat()) ?? 0;
    const { differences } = await replayLedger({
      store,
      site,
      from: (first?.slot_at ?? heartbeat_at) - 1,
      // Of a killed one results may be younger.
      to: heartbeat_at + MINUTE,
      judged_since: 0,
      compare_until: heartbeat_at - SETTLES_MS,
      pause: async () => {},
    });
    return differences.map(({ component, from, to: until, recorded, derived }) => {
      const span = [from, until].map((at) => new Date(at).toISOString().slice(11, -1));
      return `${component}, ${span.join(' to ')}: ${recorded}, again ${derived}`;
    });
  } finally {
    await store.close();
  }
}
