import type { Phases } from '../../model/result.ts';
import type { EpochMs, ResultNote } from '../../model/vocabulary.ts';

export interface Request {
  method: 'GET' | 'POST';
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  /** Limit of the response body; a longer one fails as `answer_too_large`. */
  max_bytes: number;
}

export interface Answer {
  /** The final URL, after redirects. */
  url: URL;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  content_length: number | null;
  /** False when the connection closed before the announced end of the body. */
  complete: boolean;
}

/** Observations accumulated over the exchanges of a run. */
export interface Observed {
  phases: Phases;
  /** Total size of response bodies. */
  bytes: number;
  /** Status of the last response. */
  http_status: number | null;
  /** The earliest expiry in any certificate chain presented. */
  certificate_expires_at: EpochMs | null;
  /** What was odd without failing the run. */
  notes: Set<ResultNote>;
}
