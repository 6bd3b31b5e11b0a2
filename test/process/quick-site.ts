import { join } from 'node:path';
import { SIMULATED_TOKEN, startErpFeed } from '../../demo/erp-feed.ts';
import { silentLog } from '../status-page/site.ts';
import { type Installation, startInstallation } from './installation.ts';
import { startSimulators } from './simulators.ts';

export const QUICK_CONFIG = join(import.meta.dirname, 'quick.yaml');
/** Half of the invoices arrive within 2.5 s instead of 20 s. */
const PACE = 8;
const ERP_ISSUES_EVERY_MS = 1_000;

/** What the demo runs, at the pace of tests: an installation, its simulators and the ERP's feed. */
export async function startQuickSite({ data_dir }: { data_dir: string }): Promise<Installation> {
  const simulators = await startSimulators(data_dir, { SIMULATOR_PACE: String(PACE) });
  const site = await startInstallation({
    data_dir,
    args: ['--config', QUICK_CONFIG],
    env: { SIMULATOR_URL: simulators.origin, ERP_TOKEN: SIMULATED_TOKEN },
  });
  const feed = startErpFeed({
    simulator_url: simulators.origin,
    ingest_url: site.ingest,
    log: silentLog,
    every_ms: ERP_ISSUES_EVERY_MS,
  });
  const stopTheirs = () => {
    feed.stop();
    simulators.stop();
  };
  return {
    ...site,
    simulators: simulators.origin,
    async kill() {
      stopTheirs();
      await site.kill();
    },
    async stop() {
      const code = await site.stop();
      stopTheirs();
      return code;
    },
  };
}
