import { getCACertificates } from 'node:tls';
import { createTransport, type Transporter } from 'nodemailer';
import { ownDetail } from '../../model/own-detail.ts';
import { type SendTrouble, sendTroubleOf } from '../../model/send-trouble.ts';
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
  const read_whole = watchReading(transport);
  return {
    async deliver(mail) {
      const sending = transport.sendMail(mail).then(
        (): SendResult => ({ result: 'sent' }),
        (error) => failure(error, { settings, is_handed_over: read_whole.has(mail.messageId) }),
      );
      void sending.finally(() => read_whole.delete(mail.messageId));
      return Promise.race([sending, timeoutAfterLimit(settings)]);
    },
    async reach() {
      const sought = transport.verify().then(
        () => null,
        (error) => whyNot(error, settings),
      );
      const late = limit().then(() => detailOf('silent', settings));
      return { host: `${host}:${port}`, why: await Promise.race([sought, late]) };
    },
  };
}

/**
 * Message-IDs of mails under way that were read to their end: the server has asked for the text,
 * and has been given all of it.
 */
function watchReading(transport: Transporter): Set<string> {
  const read_whole = new Set<string>();
  transport.use('stream', ({ message, data }, done) => {
    const { messageId = '' } = data;
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (options) =>
      createReadStream(options).once('end', () => read_whole.add(messageId));
    done();
  });
  return read_whole;
}

/** A slowly dripping server keeps every step within its limit but never finishes. */
async function timeoutAfterLimit(settings: SmtpSettings): Promise<SendResult> {
  await limit();
  const error = detailOf('silent', settings);
  return { result: 'retry', error, channel_fault: true, may_be_sent: true };
}

function limit(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, SENDING_LIMIT_MS).unref());
}

/**
 * Classifies an SMTP error (RFC 5321 §4.2.1): 4xx is transient, 5xx about the recipient or the mail
 * is permanent. A server that has the whole mail and gives no answer may have taken it.
 */
function failure(
  error: SmtpError,
  { settings, is_handed_over }: { settings: SmtpSettings; is_handed_over: boolean },
): SendResult {
  const { responseCode: status, command } = error;
  const why = whyNot(error, settings);
  const is_about_mail = command === 'RCPT TO' || command === 'DATA';
  if (status === undefined || !is_about_mail) {
    const outcome = { result: 'retry', error: why, channel_fault: true } as const;
    return status === undefined && is_handed_over ? { ...outcome, may_be_sent: true } : outcome;
  }
  return status >= 500 ? { result: 'never_again', error: why } : { result: 'retry', error: why };
}

/** Why the server could not be spoken to, else what it answered, and where: 550 at RCPT TO. */
function whyNot(error: SmtpError, settings: SmtpSettings): string {
  const trouble = troubleOf(error);
  return trouble === null
    ? `${error.responseCode} at ${error.command}`
    : detailOf(trouble, settings);
}

interface SmtpError {
  responseCode?: number;
  command?: string;
  code?: string;
  /** Of the kernel or OpenSSL; it never contains an address. */
  originalCode?: string;
}

/** Why the server could not be spoken to; null: it answered. */
function troubleOf(error: SmtpError): SendTrouble | null {
  const { responseCode: status, command = '' } = error;
  if (command === 'STARTTLS' && error.originalCode === undefined) return 'no_starttls';
  if (command.startsWith('AUTH') && (status === undefined || status >= 500)) return 'refused_login';
  return status === undefined ? sendTroubleOf(error) : null;
}

/** The setting that has to do with it. */
const SETTINGS: Record<SendTrouble, string> = {
  no_name: 'notify.smtp.host',
  refused: 'notify.smtp.port',
  unreachable: 'notify.smtp.host',
  silent: 'notify.smtp.port',
  broken_off: 'notify.smtp.secure',
  unknown_ca: 'notify.smtp.ca',
  wrong_name: 'notify.smtp.host',
  expired_certificate: 'notify.smtp.host',
  bad_tls: 'notify.smtp.secure',
  no_starttls: 'notify.smtp.secure',
  refused_login: 'notify.smtp.password',
  no_connection: 'notify.smtp',
};

function detailOf(code: SendTrouble, { host, port }: SmtpSettings): string {
  return ownDetail({ code, host: `${host}:${port}`, set: SETTINGS[code] });
}
