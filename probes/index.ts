import type { ScheduledCheck } from '../model/configuration.ts';
import { type DownloadDriver, probeDownload } from './download.ts';
import type { Probe } from './probe.ts';
import { probeQuery, type QueryDriver } from './query.ts';
import { probeReach, type ReachDriver } from './reach.ts';
import { probeUpload, type UploadDriver } from './upload.ts';

/** The probe of every function that can be measured on a schedule. */
export const PROBES: Partial<Record<ScheduledCheck['function'], Probe<Driver>>> = {
  upload: probeUpload,
  query: probeQuery,
  download: probeDownload,
  reach: probeReach,
};

/**
 * Speaks one system's protocol: of what the probes ask, what the system offers. Every method sends
 * through the run's exchange, so that its time is measured and the run's one deadline holds; none
 * retries, throws or keeps anything between runs.
 */
export type Driver = Partial<UploadDriver & QueryDriver & DownloadDriver & ReachDriver>;
