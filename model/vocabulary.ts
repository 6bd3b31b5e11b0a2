/** The closed sets shared by all modules. Wire and database names are exactly these words. */

/** Milliseconds since 1970-01-01T00:00:00Z, wall clock. */
export type EpochMs = number;

/** What a user does with an e-invoice system. A component is one function of one system. */
export const FUNCTIONS = [
  'login',
  'apply',
  'issue',
  'upload',
  'review',
  'query',
  'sync',
  'download',
  'deliver',
  'verify',
  'api',
  'reach',
] as const;
export type InvoiceFunction = (typeof FUNCTIONS)[number];

/** Functions whose measurement creates a synthetic invoice, or an application for one. */
export const WRITING_FUNCTIONS: readonly InvoiceFunction[] = ['apply', 'issue', 'upload'];

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
  'mismatch',
  'corrupt',
  'unreadable',
  'prerequisite',
  'self',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a file is corrupt: what a reader of such files would stumble over. */
export const CORRUPT_REASONS = [
  'truncated',
  'not_a_file',
  'structure',
  'crc_mismatch',
  'digest_mismatch',
  'missing_part',
  'not_well_formed',
  'stream',
  'copies_differ',
] as const;

/** Why an intact file is not the one asked for. */
export const MISMATCH_REASONS = ['sums_mismatch', 'number_mismatch', 'text_mismatch'] as const;

/** Why an invoice is not what was submitted, by what events say of it. */
export const DIFFERENCE_REASONS = ['amount_differs', 'tax_id_differs'] as const;

/** Why a file could not be judged: our limits, or a format that we do not know. */
export const UNJUDGED_REASONS = [
  'too_large',
  'unknown_filter',
  'unknown_digest',
  'unknown_kind',
  'unknown_compression',
  'encrypted',
  'stream_unread',
  'no_second_reader',
  'judging_failed',
] as const;

export type CorruptReason = (typeof CORRUPT_REASONS)[number];
export type MismatchReason = (typeof MISMATCH_REASONS)[number];
export type UnjudgedReason = (typeof UNJUDGED_REASONS)[number];
export type FileReason = CorruptReason | MismatchReason | UnjudgedReason;

const FILE_REASONS: readonly string[] = [
  ...CORRUPT_REASONS,
  ...MISMATCH_REASONS,
  ...UNJUDGED_REASONS,
];

export function isFileReason(reason: Reason): reason is FileReason {
  return FILE_REASONS.includes(reason);
}

/** Of a time-out: the phase in which the deadline expired, or an overlap with the last run. */
export const TIMEOUT_REASONS = [
  'timeout_resolve',
  'timeout_connect',
  'timeout_tls',
  'timeout_processing',
  'timeout_transfer',
  'overlap',
] as const;

/** Of a network failure: no answer that proves that the host itself was reached. */
export const NETWORK_REASONS = [
  'name_not_resolved',
  'connection_refused',
  'connection_reset',
  'host_unreachable',
  'certificate_invalid',
  'certificate_incomplete',
  'browser_refuses',
  'protocol_error',
] as const;

/**
 * Why a run was not ok, or why its file was not judged. A closed set, because each code is
 * translated into every language.
 */
export const REASONS = [
  ...TIMEOUT_REASONS,
  ...NETWORK_REASONS,
  // unreadable: what a browser reads and this client does not
  'unreadable_http',
  'unknown_charset',
  'unknown_coding',
  'needs_script',
  // system, degraded, throttled, maintenance, credential, user_data, prerequisite
  'http_status',
  'error_code',
  'unexpected_answer',
  'empty_page',
  'not_recognised',
  'error_page',
  'says_maintenance',
  'blocked',
  'maybe_blocked',
  'waits_for_login',
  'waits_for_query',
  'waits_for_other',
  'needed_unknown',
  'link_refused',
  'answer_too_large',
  'redirect_loop',
  'redirect_refused',
  'known_not_found',
  'unknown_found',
  // corrupt, mismatch, or ok with a file that was not judged
  ...CORRUPT_REASONS,
  ...MISMATCH_REASONS,
  ...DIFFERENCE_REASONS,
  ...UNJUDGED_REASONS,
  // self
  'late_start',
  'missed_slot',
  'neutral_host_failed',
  'line_failed',
  'unproven',
  'resolver_differs',
  'name_misled',
  'no_route',
  'clock_wrong',
  'starved',
  'worker_died',
  'probe_error',
  'budget_used_up',
  'proxy_failed',
  'address_family_missing',
  'resolves_elsewhere',
] as const;
export type Reason = (typeof REASONS)[number];

/** The formats in which a 数电票 is delivered. */
export const FORMATS = ['pdf', 'ofd', 'xml'] as const;
export type FileFormat = (typeof FORMATS)[number];

/** Verdict on a downloaded file. */
export const FILE_VERDICTS = ['sound', 'corrupt', 'mismatch', 'unjudged'] as const;
export type FileVerdict = (typeof FILE_VERDICTS)[number];

/** What a verdict rests on: nothing, the structure, digests in the file, or identical bytes. */
export const CHECKED = ['none', 'structure', 'digests', 'bytes'] as const;
export type Checked = (typeof CHECKED)[number];

/** What was odd about a run without failing it, or how little was recognised. */
export const RESULT_NOTES = [
  'weak_key',
  'legacy_renegotiation',
  'missing_intermediate',
  'answered_only',
  'bytes_appended',
  'repaired',
  'number_not_found',
  'file_updated',
  'in_archive',
  'our_delay',
] as const;
export type ResultNote = (typeof RESULT_NOTES)[number];

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

/** Languages in which every user text is required; a page that names none offers these. */
export const REQUIRED_LOCALES = ['zh-CN', 'en'] as const;
/** Languages in which every message exists, which borrow none from another. */
export const COMPLETE_LOCALES = [...REQUIRED_LOCALES, 'ja'] as const;
/** Every language, each with its folder in messages/. The first is the default. */
export const LOCALES = [...COMPLETE_LOCALES] as const;
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

/** A component's id ends with its function. */
export function functionOf(component: ComponentId): InvoiceFunction {
  return component.slice(component.lastIndexOf('.') + 1) as InvoiceFunction;
}

/** Whether a text has the form of one. */
export function isComponentId(text: string): boolean {
  return /^\S+\.\w+$/.test(text) && FUNCTIONS.some((fn) => text.endsWith(`.${fn}`));
}
