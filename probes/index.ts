import type { ScheduledCheck } from '../model/configuration.ts';
import { probeDownload } from './download.ts';
import { probeQuery } from './query.ts';
import { probeReach } from './reach.ts';
import type { Probe } from './run.ts';
import { probeUpload } from './upload.ts';

/**
 * The probe of every function we can measure on a schedule. A new measurement is a file and a line
 * here.
 */
export const PROBES: Partial<Record<ScheduledCheck['function'], Probe>> = {
  upload: probeUpload,
  query: probeQuery,
  download: probeDownload,
  reach: probeReach,
};
