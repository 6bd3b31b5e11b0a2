import type { Phase } from '../../model/result.ts';
import type { Reason } from '../../model/vocabulary.ts';
import { type Failure, failed } from './failure.ts';
import type { FaultCode } from './http/fault.ts';

type Meaning = readonly [Failure['outcome'], Reason];

/** What our own faults mean. */
const FAULTS: Record<FaultCode, Meaning> = {
  ANSWER_MISSING: ['network', 'connection_reset'],
  ANSWER_INVALID: ['network', 'protocol_error'],
  ANSWER_UNREADABLE: ['self', 'probe_error'],
  CODING_BROKEN: ['network', 'protocol_error'],
  CODING_UNKNOWN: ['system', 'unexpected_answer'],
  BROWSER_REFUSES: ['network', 'browser_refuses'],
  CERTIFICATE_INVALID: ['network', 'certificate_invalid'],
  CERTIFICATE_INCOMPLETE: ['network', 'certificate_incomplete'],
  CERTIFICATE_WANTED: ['credential', 'error_code'],
  ADDRESS_NOT_PUBLIC: ['self', 'redirect_refused'],
  FAMILY_MISSING: ['self', 'address_family_missing'],
  NAME_ELSEWHERE: ['self', 'resolves_elsewhere'],
  PROXY_FAILED: ['self', 'proxy_failed'],
  PROXY_NOT_CONNECTED: ['network', 'host_unreachable'],
};

/** What they mean to a page that a person would have read: a limit of ours alone. */
const FAULTS_OF_READING: Partial<Record<FaultCode, Meaning>> = {
  ANSWER_UNREADABLE: ['unreadable', 'unreadable_http'],
  CODING_UNKNOWN: ['unreadable', 'unknown_coding'],
};

/** Of these the kernel of this machine says so itself: no route, no address, no network. */
const NO_ROUTE = /^(ENETDOWN|EADDRNOTAVAIL) in /;

/**
 * Error codes of names and of the kernel, as reported by Node. Those missing here (out of sockets
 * or memory, forbidden) say something about this machine.
 */
const NETWORK_CODES: Record<string, Reason> = {
  ENOTFOUND: 'name_not_resolved',
  ENODATA: 'name_not_resolved',
  EBADNAME: 'name_not_resolved',
  ESERVFAIL: 'name_not_resolved',
  EREFUSED: 'name_not_resolved',
  EBADRESP: 'name_not_resolved',
  EDNSTIMEOUT: 'name_not_resolved',
  ENOSERVER: 'name_not_resolved',
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  ECONNABORTED: 'connection_reset',
  EPIPE: 'connection_reset',
  EHOSTUNREACH: 'host_unreachable',
  EHOSTDOWN: 'host_unreachable',
  ENETUNREACH: 'host_unreachable',
  ENETDOWN: 'host_unreachable',
  EADDRNOTAVAIL: 'host_unreachable',
  EPROTO: 'protocol_error',
};

/** OpenSSL's words for what Chromium does not agree to either: versions, ciphers, signatures. */
const BROWSER_REFUSES = new RegExp(
  `^ERR_SSL_.*(${[
    'HANDSHAKE_FAILURE',
    'PROTOCOL_VERSION',
    'UNSUPPORTED_PROTOCOL',
    'INSUFFICIENT_SECURITY',
    'WRONG_SIGNATURE_TYPE',
    'WRONG_CURVE',
    'KEY_TOO_SMALL',
    'MD_TOO_WEAK',
    'CIPHER_RETURNED',
  ].join('|')})`,
);

/** The server asks for a certificate of ours, after the handshake (TLS 1.3). */
const WANTS_CERTIFICATE = /^ERR_SSL_.*CERTIFICATE_REQUIRED/;

/** Maps an error of an exchange to a failure. */
export function failureOf(error: NodeJS.ErrnoException, phase: Phase, is_reading = false): Failure {
  const { message, name } = error;
  const code = codeOf(error);
  const meaning = meaningOf(code as FaultCode, is_reading);
  if (meaning !== undefined) return failed(...meaning, message).failure;
  const known = NETWORK_CODES[code];
  if (known !== undefined) return failed('network', known, `${code} in ${phase}`).failure;
  if (code === 'ETIMEDOUT') return timeoutIn(phase, 'ETIMEDOUT');
  if (BROWSER_REFUSES.test(code)) return failed('network', 'browser_refuses', code).failure;
  if (code.startsWith('ERR_SSL_')) return failed('network', 'protocol_error', code).failure;
  return failed('self', 'probe_error', code === '' ? name : `${code} in ${phase}`).failure;
}

function codeOf({ code = '' }: NodeJS.ErrnoException): string {
  return WANTS_CERTIFICATE.test(code) ? ('CERTIFICATE_WANTED' satisfies FaultCode) : code;
}

function meaningOf(code: FaultCode, is_reading: boolean): Meaning | undefined {
  return (is_reading ? FAULTS_OF_READING[code] : undefined) ?? FAULTS[code];
}

/** Whether a failure says that this machine, and nobody else, leads nowhere. */
export function saysNoRoute({ detail }: Failure): boolean {
  return NO_ROUTE.test(detail);
}

/** OpenSSL's words for what another clock might find valid; all else is wrong at any time. */
const BY_DATES = /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/;

/** Whether a failure may be one of our clock: a certificate is not valid now. */
export function isByDates({ reason, detail }: Failure): boolean {
  return reason === 'certificate_invalid' && BY_DATES.test(detail);
}

/** The deadline expired in this phase. */
export function timeoutIn(phase: Phase, detail: string): Failure {
  return failed('timeout', `timeout_${phase}`, detail).failure;
}
