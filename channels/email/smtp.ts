import { getCACertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import { SECOND } from '../../model/time.ts';
import { SENDING_LIMIT_MS, type SendResult } from '../kit/sender.ts';
import type { SmtpSettings } from './settings.ts';
import type { EmailTransport } from './transport.ts';

/** Limit per step, so that all steps together stay within a channel's limit. */
const STEP_LIMIT_MS = 10 * SECOND;
const LARGEST_ANSWER_BYTES = 64 * 1024;
const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/**
 * The SMTP transport. Every mail uses its own connection, so that a process that dies leaves
 * nothing half sent.
 */
export function createSmtpTransport(settings: SmtpSettings): EmailTransport {
  const { host, port, secure, user, password, ca } = settings;
  const transport = createTransport({
    host,
    port,
    secure,
    // Never send a password in clear over a network.
    requireTLS: !secure && user !== undefined && !LOOPBACK.includes(host),
    ...(user !== undefined && typeof password === 'string'
      ? { auth: { user, pass: password } }
      : {}),
    ...(typeof ca === 'string' ? { tls: { ca: [...getCACertificates('default'), ca] } } : {}),
    connectionTimeout: STEP_LIMIT_MS,
    greetingTimeout: STEP_LIMIT_MS,
    socketTimeout: STEP_LIMIT_MS,
    dnsTimeout: STEP_LIMIT_MS,
    maxResponseSize: LARGEST_ANSWER_BYTES,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async deliver(mail) {
      const sending = transport
        .sendMail(mail)
        .then((): SendResult => ({ result: 'sent' }), failure);
      return Promise.race([sending, timeoutAfterLimit()]);
    },
  };
}

/** A slowly dripping server keeps every step within its limit but never finishes. */
function timeoutAfterLimit(): Promise<SendResult> {
  return new Promise((resolve) => {
    const error = `no end after ${SENDING_LIMIT_MS / 1_000} s`;
    setTimeout(
      () => resolve({ result: 'retry', error, channel_fault: true }),
      SENDING_LIMIT_MS,
    ).unref();
  });
}

/**
 * Classifies an SMTP error (RFC 5321 §4.2.1): 4xx is transient, 5xx about the recipient or the mail
 * is permanent.
 */
function failure(error: SmtpError): SendResult {
  const { responseCode: status, command = '', code = 'error' } = error;
  const about_mail = command === 'RCPT TO' || command === 'DATA';
  if (status === undefined) {
    const where = `${code} at ${command || 'CONN'}`;
    return { result: 'retry', error: `${where}${cause(error.originalCode)}`, channel_fault: true };
  }
  const message = `${status} at ${command}`;
  if (!about_mail) return { result: 'retry', error: message, channel_fault: true };
  return status >= 500
    ? { result: 'never_again', error: message }
    : { result: 'retry', error: message };
}

interface SmtpError {
  responseCode?: number;
  command?: string;
  code?: string;
  /** Of the kernel or OpenSSL; it never contains an address. */
  originalCode?: string;
}

/** Codes of a certificate that no known authority vouches for. */
const UNKNOWN_AUTHORITY = /^(DEPTH_ZERO_)?SELF_SIGNED_|^UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)/;

function cause(code: string | undefined): string {
  if (code === undefined) return '';
  const advice = UNKNOWN_AUTHORITY.test(code) ? ' (trust its authority with notify.smtp.ca)' : '';
  return `: ${code}${advice}`;
}
