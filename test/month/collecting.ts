import { downtimeBefore } from '../../collector/downtime.ts';
import { createMetrics } from '../../collector/metrics.ts';
import { createRecorder, type RecorderParts } from '../../collector/recorder.ts';
import { resumeLiveState } from '../../collector/resume.ts';
import { siteOf } from '../../collector/state/site.ts';
import { createUpkeep } from '../../collector/upkeep/upkeep.ts';
import type { Configuration } from '../../model/configuration.ts';
import { randomId } from '../../model/ids.ts';
import type { Clock, Signer } from '../../model/ports.ts';
import { carryClock } from '../../probes/line/watch/wall-clock.ts';
import type { Store } from '../../store/store.ts';
import { keptLog } from '../platform/quiet.ts';
import { createMeters } from './metrics.ts';

export interface CollectingParts {
  store: Store;
  configuration: Configuration;
  signer: Signer;
  clock: Clock;
  timeSinceBoot: () => number;
  judged: RecorderParts['observer']['judged'];
}

/** Recorder, upkeep and metrics as the collector starts them, but for lines, looks and timers. */
export async function startCollecting(parts: CollectingParts) {
  const { store, configuration } = parts;
  const clock = carryClock(parts.clock, parts.timeSinceBoot);
  const site = siteOf(configuration);
  const { log, entries } = keptLog();
  const { live, recording: resumed } = await resumeLiveState(store, site, clock.now());
  const { telemetry, ...meters } = createMeters();
  const metrics = createMetrics({
    telemetry,
    site,
    live,
    clock,
    senders: [],
    recording: () => ({ outage: recorder.outage(), waiting: recorder.waiting() }),
  });
  const upkeep = createUpkeep({
    store,
    site,
    live,
    zone: configuration.page.zone,
    retention: configuration.retention,
    clock,
    log,
    inOrder: (event) => recorder.inOrder(event),
  });
  const recorder = createRecorder({
    store,
    site,
    live,
    installation: 'test',
    signer: parts.signer,
    newId: randomId,
    clock,
    log,
    observer: {
      committed(recording, duration_ms) {
        metrics.committed(recording, duration_ms);
        upkeep.committed(recording);
      },
      judged(one) {
        metrics.result(one.result);
        upkeep.result(one.result);
        parts.judged(one);
      },
      dropped() {},
    },
  });
  const before = await downtimeBefore({ store, site, live, clock });
  await recorder.open({ recording: resumed, ...before });
  await recorder.time();
  return {
    recorder,
    upkeep,
    meters,
    /** Errors in the log. */
    errors: () => entries.filter(({ level }) => level === 'error' || level === 50),
    async stop() {
      await recorder.stop(clock.now());
      await upkeep.stop();
    },
  };
}
