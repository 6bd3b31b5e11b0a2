/** The closed sets shared by all modules. Wire and database names are exactly these words. */

/** Milliseconds since 1970-01-01T00:00:00Z, wall clock. */
export type EpochMs = number;

/** What a user does with an e-invoice system. A component is one function of one system. */
export const FUNCTIONS = [
  'issue',
  'upload',
  'query',
  'sync',
  'download',
  'deliver',
  'verify',
  'reach',
] as const;
export type InvoiceFunction = (typeof FUNCTIONS)[number];

/** Functions whose measurement creates a synthetic invoice. */
export const WRITING_FUNCTIONS: readonly InvoiceFunction[] = ['issue', 'upload'];

/** Outcome of one run. */
export const OUTCOMES = [
  'ok',
  'timeout',
  'network',
  'system',
  'degraded',
  'throttled',
  'maintenance',
  'credential',
  'user_data',
  'corrupt',
  'self',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Defects of a file. */
const CORRUPTIONS = [
  'truncated',
  'not_a_file',
  'structure',
  'crc_mismatch',
  'digest_mismatch',
  'sums_mismatch',
] as const;

/** Why a run was not ok. A closed set, because each code is translated into every language. */
export const REASONS = [
  // timeout: the phase in which the deadline expired, or an overlap with the previous run
  'timeout_resolve',
  'timeout_connect',
  'timeout_tls',
  'timeout_processing',
  'timeout_transfer',
  'overlap',
  // network
  'name_not_resolved',
  'connection_refused',
  'connection_reset',
  'host_unreachable',
  'certificate_invalid',
  'protocol_error',
  // system, degraded, throttled, maintenance, credential, user_data
  'http_status',
  'error_code',
  'unexpected_answer',
  'answer_too_large',
  'redirect_loop',
  'redirect_refused',
  'known_not_found',
  'unknown_found',
  // corrupt: the verdicts of probes/integrity
  ...CORRUPTIONS,
  // self
  'late_start',
  'missed_slot',
  'neutral_host_failed',
  'worker_died',
  'probe_error',
] as const;
export type Reason = (typeof REASONS)[number];

/** The formats in which a 数电票 is delivered. */
export const FORMATS = ['pdf', 'ofd', 'xml'] as const;
export type FileFormat = (typeof FORMATS)[number];

/** Verdict of an integrity check. */
export const INTEGRITY_VERDICTS = ['sound', ...CORRUPTIONS] as const;
export type IntegrityVerdict = (typeof INTEGRITY_VERDICTS)[number];

/** Component states: those of the Statuspage v2 API, and `unknown`, which is never drawn green. */
export const STATES = [
  'unknown',
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
] as const;
export type State = (typeof STATES)[number];

/** Languages in which every message exists and every user text is required. */
export const REQUIRED_LOCALES = ['zh-CN', 'en'] as const;
/** Every language, each with its folder in messages/. The first is the default. */
export const LOCALES = [...REQUIRED_LOCALES] as const;
export type Locale = (typeof LOCALES)[number];
/** Offered languages, in order; the first is the default. */
export type Languages = readonly [Locale, ...Locale[]];
export type RequiredLocale = (typeof REQUIRED_LOCALES)[number];

/** A text in the required languages, and optionally in others. */
export type Localized = Record<RequiredLocale, string> & Partial<Record<Locale, string>>;

/** The kind of system at an address. Writing is allowed for the first two only. */
export const ENVIRONMENTS = ['simulator', 'sandbox', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** Component id such as `beijing.download`, on the page, in the API and in metric joins. */
export type ComponentId = string;

export function componentId(system: string, fn: InvoiceFunction): ComponentId {
  return `${system}.${fn}`;
}

/** The system that a component belongs to. */
export function systemOf(component: ComponentId): string {
  return component.slice(0, component.lastIndexOf('.'));
}
