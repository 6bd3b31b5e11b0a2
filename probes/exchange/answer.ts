import type { Phases } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

export interface Request {
  method: 'GET' | 'POST';
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  /** Longest answer body that is read; more is `answer_too_large`. */
  max_bytes: number;
}

export interface Answer {
  /** Where the answer came from, after redirects. */
  url: URL;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  content_length: number | null;
  /** False when the connection was closed before the announced end of the body. */
  complete: boolean;
}

/** What the exchanges of a run have shown so far. */
export interface Observed {
  phases: Phases;
  /** Bytes of answer bodies. */
  bytes: number;
  /** Status of the last answer. */
  http_status: number | null;
  /** The earliest end of validity in any certificate chain that was presented. */
  certificate_expires_at: EpochMs | null;
}
