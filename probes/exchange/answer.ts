import type { Asked, Phases, ShownCertificate, TlsVersion } from '../../model/result.ts';
import type { EpochMs, ResultNote } from '../../model/vocabulary.ts';
import type { TlsIdentity } from './tls/context.ts';

export const REQUEST_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type RequestMethod = (typeof REQUEST_METHODS)[number];

export interface Request {
  method: RequestMethod;
  url: URL;
  /** Besides those of every request; `accept-encoding` is `identity` unless given here. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** So much of the response body is read. */
  max_bytes: number;
  /** The answer that leads here without a redirect: from a public host, only to public ones. */
  led_by?: Pick<Answer, 'is_private' | 'url'>;
  /** Whether to go where a redirect leads, else it is the answer; absent: as browsers do. */
  follows?(next: URL): boolean;
  /** It is sent no cookies of the run, and leaves none: an answer named its host, not we. */
  own_cookies?: boolean;
  /** What it is for, to whom explains a run. */
  step?: string;
  /** Who we are, to servers that ask for a certificate. */
  identity?: TlsIdentity;
}

export interface Answer {
  /** The final URL, after redirects. */
  url: URL;
  status: number;
  /** By name in lower case; a value is Latin-1, a character per byte. */
  headers: Record<string, string | string[] | undefined>;
  /** Its content coding is undone. */
  body: Buffer;
  /** The announced length, or null; null too where it was the length of something coded. */
  content_length: number | null;
  /** False when the connection closed before the announced end of the body. */
  complete: boolean;
  /** The host that was asked first is in a private network. */
  is_private: boolean;
  /** There was more than `max_bytes`; the body is its beginning. */
  over_limit: boolean;
}

/** Observations accumulated over the exchanges of a run. */
export interface Observed {
  phases: Phases;
  /** Total size of response bodies as they came over the wire. */
  bytes: number;
  /** Status of the last response. */
  http_status: number | null;
  /** The last request. */
  asked: Asked | null;
  /** The earliest expiry in any certificate chain presented. */
  certificate_expires_at: EpochMs | null;
  /** Of each host the one that expires first. */
  certificates: ShownCertificate[];
  /** The oldest that was agreed on. */
  tls_version: TlsVersion | null;
  /** What was odd without failing the run. */
  notes: Set<ResultNote>;
}
