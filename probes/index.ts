import type { ScheduledCheck } from '../model/configuration.ts';
import { type ApiDriver, probeApi } from './api.ts';
import { type DeliverDriver, probeDeliver } from './deliver.ts';
import { type DownloadDriver, probeDownload } from './download.ts';
import { type IssueDriver, probeIssue } from './issue.ts';
import { type LoginDriver, probeLogin } from './login.ts';
import type { Probe } from './probe.ts';
import { probeQuery, type QueryDriver } from './query.ts';
import { probeReach, type ReachDriver } from './reach.ts';
import { probeUpload, type UploadDriver } from './upload.ts';
import { probeVerify, type VerifyDriver } from './verify.ts';

/** The probe of each function that is measured on a schedule. */
export const PROBES: Partial<Record<ScheduledCheck['function'], Probe<Driver>>> = {
  login: probeLogin,
  issue: probeIssue,
  upload: probeUpload,
  query: probeQuery,
  download: probeDownload,
  deliver: probeDeliver,
  verify: probeVerify,
  api: probeApi,
  reach: probeReach,
};

/**
 * Implements one system's protocol: the subset of probe methods that it supports. Every method
 * sends through the run's exchange, which times it and enforces the deadline; methods never retry,
 * throw or keep state between runs.
 */
export type Driver = Partial<
  LoginDriver &
    IssueDriver &
    UploadDriver &
    QueryDriver &
    DownloadDriver &
    DeliverDriver &
    VerifyDriver &
    ApiDriver &
    ReachDriver
>;
