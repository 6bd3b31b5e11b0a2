import type { Phase } from '../../model/result.ts';
import type { Reason } from '../../model/vocabulary.ts';
import { type Failure, failed } from './failure.ts';

/** Error codes of getaddrinfo, the kernel and OpenSSL, as reported by Node. */
const NETWORK_CODES: Record<string, Reason> = {
  ENOTFOUND: 'name_not_resolved',
  EAI_AGAIN: 'name_not_resolved',
  EAI_FAIL: 'name_not_resolved',
  EAI_NODATA: 'name_not_resolved',
  EAI_NONAME: 'name_not_resolved',
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

/** Prefixes of OpenSSL codes for certificate errors. */
const CERTIFICATE_CODES = [
  'CERT_',
  'CRL_',
  'UNABLE_TO_',
  'DEPTH_ZERO_',
  'SELF_SIGNED_',
  'ERR_TLS_CERT',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH',
  'HOSTNAME_MISMATCH',
];

/** Protocol violations reported by llhttp (`HPE_`) and OpenSSL (`ERR_SSL_`). */
const PROTOCOL_CODE = /^(HPE_|ERR_SSL_|ERR_HTTP_)/;

/** Maps an error of node:http, node:net or node:tls to a failure. */
export function failureOf(error: NodeJS.ErrnoException, phase: Phase): Failure {
  const code = error.code ?? '';
  const known = NETWORK_CODES[code];
  if (known !== undefined) return failed('network', known, `${code} in ${phase}`).failure;
  if (CERTIFICATE_CODES.some((start) => code.startsWith(start))) {
    return failed('network', 'certificate_invalid', code).failure;
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return failed('system', 'answer_too_large', 'headers too large').failure;
  }
  if (PROTOCOL_CODE.test(code)) return failed('network', 'protocol_error', code).failure;
  if (code === 'ETIMEDOUT') return timeoutIn(phase, 'ETIMEDOUT');
  // Out of sockets, memory or permissions, or an invalid request: our own fault.
  return failed('self', 'probe_error', code || error.name).failure;
}

/** The deadline expired in this phase. */
export function timeoutIn(phase: Phase, detail: string): Failure {
  return failed('timeout', `timeout_${phase}`, detail).failure;
}
