import type { ScheduledCheck } from '../model/configuration.ts';
import { type DownloadDriver, probeDownload } from './download.ts';
import type { Probe } from './probe.ts';
import { probeQuery, type QueryDriver } from './query.ts';
import { probeReach, type ReachDriver } from './reach.ts';
import { probeUpload, type UploadDriver } from './upload.ts';

/** The probe of each function that is measured on a schedule. */
export const PROBES: Partial<Record<ScheduledCheck['function'], Probe<Driver>>> = {
  upload: probeUpload,
  query: probeQuery,
  download: probeDownload,
  reach: probeReach,
};

/**
 * Implements one system's protocol: the subset of probe methods that it supports. Every method
 * sends through the run's exchange, which times it and enforces the deadline; methods never retry,
 * throw or keep state between runs.
 */
export type Driver = Partial<UploadDriver & QueryDriver & DownloadDriver & ReachDriver>;
