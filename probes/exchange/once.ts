import type { Socket } from 'node:net';
import type { Clock } from '../../model/ports.ts';
import { type ShownCertificate, TLS_VERSIONS, type TlsVersion } from '../../model/result.ts';
import type { Observed, Request } from './answer.ts';
import { dial, type ExpectedAddresses, isPrivate, type Way } from './connection/dial.ts';
import { literalAddress } from './connection/resolve.ts';
import { holdSockets } from './connection/sockets.ts';
import type { ContactWatch } from './contact.ts';
import { startDeadline } from './deadline.ts';
import { failureOf, timeoutIn } from './errors.ts';
import { type Attempt, type Failure, failed, succeeded } from './failure.ts';
import { fetchFileBy } from './fetch-file.ts';
import { ask } from './http/ask.ts';
import type { Head } from './http/head.ts';
import type { WireAnswer } from './http/read-answer.ts';
import type { AddressFamily } from './names/ask-servers.ts';
import type { Names } from './names/names.ts';
import { type PhaseWatch, watchPhases } from './phases.ts';
import { secure } from './tls/secure.ts';

/** State shared by all exchanges of a run. */
export interface RunState {
  observed: Observed;
  contact: ContactWatch;
  /** On the monotonic clock. */
  deadline_at: number;
  clock: Clock;
  names: Names;
  ca: string | null;
  proxy: URL | null;
  family: AddressFamily | null;
  expected: ExpectedAddresses | null;
  fills_in_intermediate: boolean;
}

export interface OnceParts {
  request: Required<Pick<Request, 'method' | 'url' | 'headers' | 'max_bytes'>> &
    Pick<Request, 'body' | 'identity'>;
  run: RunState;
  /** Private addresses are refused. */
  public_only: boolean;
  /** The body of such an answer is not read. */
  skipsBody(head: Head): boolean;
}

export interface SentOnce extends WireAnswer {
  /** The host that answered is in a private network. */
  is_private: boolean;
}

/**
 * Sends one request on a new connection. Phases are contiguous, so that they add up to the
 * duration: resolve (absent when the host is an IP address, or a proxy resolves it), connect
 * (through a proxy with its tunnel), tls, processing (until the response headers), transfer.
 */
export async function sendOnce(parts: OnceParts): Promise<Attempt<SentOnce>> {
  const { request, run } = parts;
  const is_resolved = run.proxy !== null || literalAddress(request.url.hostname) !== null;
  const first_phase = is_resolved ? 'connect' : 'resolve';
  const remaining_ms = Math.ceil(run.deadline_at - run.clock.monotonic());
  if (remaining_ms <= 0) return ended(run, timeoutIn(first_phase, 'no time left'));

  run.contact.asks(request.url);
  run.observed.asked = { method: request.method, origin: request.url.origin };
  const phases = watchPhases(run.observed.phases, first_phase, run.clock);
  const way: Way = {
    sockets: holdSockets(),
    names: run.names,
    proxy: run.proxy,
    family: run.family,
    expected: run.expected,
    public_only: parts.public_only,
    onResolved(addresses) {
      phases.enter('connect');
      run.contact.resolved(addresses);
    },
    at_proxy: false,
  };
  const { promise, resolve } = Promise.withResolvers<Attempt<SentOnce>>();
  const deadline = startDeadline(remaining_ms, run.clock, () => resolve(late(way, phases)));
  exchangeBy(way, parts, phases).then(
    (sent) => resolve(succeeded(sent)),
    (error: NodeJS.ErrnoException) => {
      const is_reading = run.fills_in_intermediate;
      resolve({ ok: false, failure: failureOf(error, phases.current(), is_reading) });
    },
  );
  const attempt = await promise;
  deadline.clear();
  phases.end();
  way.sockets.end();
  if (!attempt.ok) return ended(run, attempt.failure);
  run.contact.answered();
  return attempt;
}

function ended({ contact }: RunState, failure: Failure): Attempt<never> {
  contact.failed(failure);
  return { ok: false, failure };
}

function late(way: Way, phases: PhaseWatch): Attempt<SentOnce> {
  if (way.at_proxy) return failed('self', 'proxy_failed', 'no connection to the proxy in time');
  return { ok: false, failure: timeoutIn(phases.current(), 'deadline reached') };
}

async function exchangeBy(way: Way, parts: OnceParts, phases: PhaseWatch): Promise<SentOnce> {
  const { request, run, skipsBody } = parts;
  const { method, url, headers, max_bytes } = request;
  const connection = await dial(url, way);
  if (run.proxy === null) run.contact.connected(connection.remoteAddress);
  const is_private = isPrivate(url, connection, run.proxy);
  const secured = url.protocol === 'https:';
  const socket = secured ? await secureBy(connection, way, parts, phases) : connection;
  phases.enter('processing');
  const body = request.body === undefined ? null : Buffer.from(request.body);
  const answer = await ask(
    socket,
    { method, url, headers, body },
    {
      url,
      max_bytes,
      skipsBody,
      onHead(head) {
        run.contact.headCame({ lines: head.lines, now: run.clock.now() });
        phases.enter('transfer');
        run.observed.http_status = head.status;
      },
      onBytes(count) {
        run.observed.bytes += count;
      },
    },
  );
  return { ...answer, is_private };
}

async function secureBy(
  connection: Socket,
  way: Way,
  { request, run, public_only }: OnceParts,
  phases: PhaseWatch,
): Promise<Socket> {
  const { url, headers, identity = null } = request;
  const { observed, clock, ca, proxy, fills_in_intermediate } = run;
  const to_authority = {
    ...way,
    family: null,
    public_only: public_only || !isPrivate(url, connection, proxy),
    onResolved: () => {},
  };
  phases.enter('tls');
  const { socket, notes, first_to_expire } = await secure(connection, {
    url,
    ca,
    identity,
    fills_in_intermediate,
    sockets: way.sockets,
    async reconnect() {
      const again = await dial(url, way);
      phases.enter('tls');
      return again;
    },
    fetchFile: fetchFileBy(to_authority, { 'user-agent': headers['user-agent'] ?? '' }),
    now: clock.now,
  });
  for (const note of notes) observed.notes.add(note);
  noteCertificate(observed, url.host, first_to_expire);
  observed.tls_version = oldest(observed.tls_version, socket.getProtocol());
  return socket;
}

function oldest(known: TlsVersion | null, agreed: string | null): TlsVersion | null {
  return TLS_VERSIONS.find((it) => it === known || it === agreed) ?? null;
}

function noteCertificate(
  observed: Observed,
  host: string,
  { valid_from, expires_at }: Omit<ShownCertificate, 'host'>,
): void {
  const { certificates, certificate_expires_at } = observed;
  observed.certificate_expires_at = Math.min(certificate_expires_at ?? expires_at, expires_at);
  const known = certificates.find((it) => it.host === host);
  if (known === undefined) certificates.push({ host, valid_from, expires_at });
  else if (expires_at < known.expires_at) Object.assign(known, { valid_from, expires_at });
}
