import type { Contact, Proof } from './proof.ts';
import type { SpecimenCopy } from './specimen.ts';
import type {
  Checked,
  EpochMs,
  FileFormat,
  FileReason,
  FileVerdict,
  Outcome,
  Reason,
  ResultNote,
} from './vocabulary.ts';

/**
 * Duration of each phase of a run, summed over its exchanges, in ms. Absent phases did not occur.
 */
export interface Phases {
  resolve?: number;
  connect?: number;
  tls?: number;
  processing?: number;
  transfer?: number;
}
export type Phase = keyof Phases;
export const PHASES = [
  'resolve',
  'connect',
  'tls',
  'processing',
  'transfer',
] as const satisfies Phase[];

/** An invoice that a system accepted in a run (or in a company's own traffic); may be followed. */
export interface AcceptedInvoice {
  /** The 20-digit number. Never logged, never a label. */
  number: string;
  /** The date of issue as required in queries (kprq), yyyyMMddHHmmss in China Standard Time. */
  issued: string;
  accepted_at: EpochMs;
}

/** The result of a file check: the verdict, what it rests on, and what decided it. */
export interface Integrity {
  format: FileFormat;
  verdict: FileVerdict;
  checked: Checked;
  /** null when sound. */
  reason: FileReason | null;
  /** The broken entry, object or field, e.g. `Doc_0/Pages/Page_0/Content.xml`; null when sound. */
  where: string | null;
}

/** The certificate of a host's chain that expires first. */
export interface ShownCertificate {
  /** With the port, where it is not 443. */
  host: string;
  valid_from: EpochMs;
  expires_at: EpochMs;
}

/** Older ones are refused, as browsers do. */
export const TLS_VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** A request without what may tell an invoice. */
export interface Asked {
  method: string;
  /** Scheme, host and port. */
  origin: string;
}

/** The result of a probe, independent of schedules, storage and states. */
export interface Measurement {
  outcome: Outcome;
  /** null when ok, unless the file could not be judged. */
  reason: Reason | null;
  /** In the order of the vocabulary, each once. */
  notes: ResultNote[];
  /** Evidence, at most 300 characters: "HTTP 503", "error_code 52102". Never an invoice number. */
  detail: string | null;
  phases: Phases;
  /** Total size of the response bodies received. */
  bytes: number;
  http_status: number | null;
  /** The last request that was sent, or tried; null: there was none. Not stored. */
  asked: Asked | null;
  certificate_expires_at: EpochMs | null;
  /** Of each host that showed some, in the order in which they were asked. Not stored. */
  certificates: readonly ShownCertificate[];
  /** The oldest that was agreed on; null: no host was asked over TLS. Not stored. */
  tls_version: TlsVersion | null;
  integrity: Integrity | null;
  /** The file of a sound download, for the rule of known specimens; not stored with the result. */
  file: SpecimenCopy | null;
  accepted: AcceptedInvoice | null;
  /** The host that decided the run; null when nothing was sent. Not stored. */
  contact: Contact | null;
}

/** Of a run that sent nothing, or of which only the outcome is kept. */
export const NOTHING_SEEN = {
  phases: {},
  bytes: 0,
  http_status: null,
  asked: null,
  certificate_expires_at: null,
  certificates: [],
  tls_version: null,
  integrity: null,
  file: null,
  accepted: null,
  contact: null,
} as const satisfies Partial<Measurement>;

/** One run of one check: the measurement and when it was due, started and ended. */
export interface Result extends Measurement {
  check: string;
  /** The instant the check was due. (check, slot_at) is the unique key. */
  slot_at: EpochMs;
  started_at: EpochMs;
  /** Duration of the run by the monotonic clock; 0 when nothing ran (overlap, missed slot). */
  duration_ms: number;
  /** A confirming slot, 10 s after a first bad result, instead of a regular one. */
  confirming: boolean;
  /** Generated for the demo's history; excluded from baselines. */
  simulated: boolean;
  /** Why it may be laid at the system, or not; null where no proof was needed. */
  proof: Proof | null;
}

/** End of the run's last response, wall clock, in whole ms. */
export function endedAt(result: Result): EpochMs {
  return Math.round(result.started_at + result.duration_ms);
}

/** From the slot to the end, in ms: what we waited, whoever made us. */
export function elapsedMs({ slot_at, started_at, duration_ms }: RunTimes): number {
  return Math.max(0, started_at + duration_ms - slot_at);
}

type RunTimes = Pick<Result, 'slot_at' | 'started_at' | 'duration_ms'>;

/** Whether our own late start, or the delays of our event loop, are part of how long it took. */
export function hasOurDelay({ notes }: Pick<Result, 'notes'>): boolean {
  return notes.includes('our_delay');
}

/**
 * The delay a user would have seen, from the slot to the end; null where our own is part of it, so
 * that nobody knows.
 */
export function delayMs(result: Result): number | null {
  return hasOurDelay(result) ? null : elapsedMs(result);
}
