import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../model/ports.ts';
import type { Answer, Observed, Request } from './answer.ts';
import { readBody } from './body.ts';
import { earliestExpiry } from './certificate.ts';
import { failureOf, timeoutIn } from './errors.ts';
import { type Attempt, failed, succeeded } from './failure.ts';
import { followConnection, type PhaseWatch, watchPhases } from './phases.ts';

const MAX_HEADER_BYTES = 16 * 1024;
/** Servers may send a few "early hints"; a flood of 1xx is a protocol error. */
const MAX_INFORMATIONAL = 16;

/** State shared by all exchanges of a run. */
interface Run {
  observed: Observed;
  /** On the monotonic clock. */
  deadline_at: number;
  clock: Clock;
}

/**
 * Sends one request on a new connection. Phases are contiguous, so that they add up to the
 * duration: resolve (absent when the host is an IP address), connect, tls, processing (until the
 * response headers), transfer.
 */
export async function sendOnce(request: Request, run: Run): Promise<Attempt<Answer>> {
  const first_phase = isAddress(request.url.hostname) ? 'connect' : 'resolve';
  const remaining_ms = Math.ceil(run.deadline_at - run.clock.monotonic());
  if (remaining_ms <= 0) return { ok: false, failure: timeoutIn(first_phase, 'no time left') };

  const { observed } = run;
  const phases = watchPhases(observed.phases, first_phase, run.clock);
  const opened = open(request);
  if (!opened.ok) return opened;
  const outgoing = opened.value;
  const { promise, resolve } = Promise.withResolvers<Attempt<Answer>>();
  const deadline = setTimeout(() => {
    resolve({ ok: false, failure: timeoutIn(phases.current(), 'deadline reached') });
  }, remaining_ms);

  const secure = request.url.protocol === 'https:';
  followConnection(outgoing, secure, phases);
  if (secure) recordCertificate(outgoing, observed);
  limitInformational(outgoing, resolve);
  settleWithAnswer(outgoing, { request, observed, phases, settle: resolve });
  outgoing.end(request.body);

  const attempt = await promise;
  clearTimeout(deadline);
  phases.end();
  outgoing.destroy();
  return attempt;
}

function open({ method, url, headers, body }: Request): Attempt<http.ClientRequest> {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const options = {
    method,
    agent: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headers: { ...headers, ...length },
  };
  try {
    const client = url.protocol === 'https:' ? https : http;
    return succeeded(client.request(url, options));
  } catch (error) {
    return { ok: false, failure: failureOf(error as NodeJS.ErrnoException, 'resolve') };
  }
}

interface AnswerParts {
  request: Request;
  observed: Observed;
  phases: PhaseWatch;
  settle(attempt: Attempt<Answer>): void;
}

function settleWithAnswer(outgoing: http.ClientRequest, parts: AnswerParts): void {
  const { request, observed, phases, settle } = parts;
  let incoming: http.IncomingMessage | null = null;
  outgoing.on('response', async (response) => {
    incoming = response;
    phases.enter('transfer');
    observed.http_status = response.statusCode ?? null;
    settle(await readAnswer(response, request, observed));
  });
  outgoing.on('error', (error) => {
    // Browsers ignore bytes after a complete response, and so do we.
    if (incoming?.complete) return;
    settle({ ok: false, failure: failureOf(error, phases.current()) });
  });
  outgoing.on('close', () => {
    // Closed without an error: an unsolicited upgrade (101).
    if (incoming === null) settle(failed('network', 'protocol_error', 'closed unanswered'));
  });
}

async function readAnswer(
  incoming: http.IncomingMessage,
  { url, max_bytes }: Request,
  observed: Observed,
): Promise<Attempt<Answer>> {
  const announced = incoming.headers['content-length'];
  const content_length = announced === undefined ? null : Number(announced);
  const end =
    content_length !== null && content_length > max_bytes
      ? 'too_large'
      : await readBody(incoming, max_bytes, (bytes) => {
          observed.bytes += bytes;
        });
  if (end === 'too_large') {
    return failed('system', 'answer_too_large', `more than ${max_bytes} bytes`);
  }
  const { headers, statusCode: status = 0 } = incoming;
  return succeeded({ url, status, headers, content_length, ...end });
}

function recordCertificate(outgoing: http.ClientRequest, observed: Observed): void {
  outgoing.once('socket', (socket) => {
    socket.once('secureConnect', () => {
      const expires_at = earliestExpiry(socket as TLSSocket);
      const known = observed.certificate_expires_at;
      if (expires_at !== null && (known === null || expires_at < known)) {
        observed.certificate_expires_at = expires_at;
      }
    });
  });
}

function limitInformational(
  outgoing: http.ClientRequest,
  settle: (attempt: Attempt<Answer>) => void,
): void {
  let seen = 0;
  outgoing.on('information', () => {
    seen += 1;
    if (seen > MAX_INFORMATIONAL) {
      settle(failed('network', 'protocol_error', `more than ${MAX_INFORMATIONAL} 1xx answers`));
    }
  });
}

function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}
