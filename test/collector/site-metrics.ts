import { createMetrics } from '../../collector/metrics.ts';
import type { LiveState } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { configuration } from './configuration.ts';
import { fakeClock } from './world.ts';

/** The metrics of the site, while all can be recorded. */
export function siteMetrics(live: LiveState) {
  const telemetry = createTelemetry('collector');
  const metrics = createMetrics({
    telemetry,
    site: siteOf(configuration()),
    live,
    clock: fakeClock,
    senders: [],
    recording: () => ({ outage: null, waiting: 0 }),
  });
  return { telemetry, metrics };
}
