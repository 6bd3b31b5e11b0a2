import type { Clock } from '../../model/ports.ts';
import type { Contact } from '../../model/proof.ts';
import { dial, type Way } from './connection/dial.ts';
import { literalAddress } from './connection/resolve.ts';
import { holdSockets } from './connection/sockets.ts';
import { watchContact } from './contact.ts';
import { startDeadline } from './deadline.ts';
import { failureOf, timeoutIn } from './errors.ts';
import type { Failure } from './failure.ts';
import type { Names } from './names/names.ts';
import { watchPhases } from './phases.ts';
import { secure } from './tls/secure.ts';

/** A host, and how it is reached. */
export interface HostTry {
  url: URL;
  names: Names;
  proxy: string | null;
  ca: string | null;
  limit_ms: number;
  clock: Clock;
}

/**
 * Connects to a host, over TLS where its address says so, and asks nothing of it: `answered` when
 * it took the connection, with a valid certificate. Never rejects.
 */
export async function tryHost(parts: HostTry): Promise<Contact | null> {
  const { url, names, limit_ms, clock } = parts;
  const watch = watchContact();
  const phases = watchPhases(
    {},
    literalAddress(url.hostname) === null ? 'resolve' : 'connect',
    clock,
  );
  const way: Way = {
    sockets: holdSockets(),
    names,
    proxy: parts.proxy === null ? null : new URL(parts.proxy),
    family: null,
    expected: null,
    public_only: false,
    onResolved(addresses) {
      phases.enter('connect');
      watch.resolved(addresses);
    },
    at_proxy: false,
  };
  watch.asks(url);
  const { promise, resolve } = Promise.withResolvers<Failure | null>();
  const deadline = startDeadline(limit_ms, clock, () =>
    resolve(timeoutIn(phases.current(), 'tried')),
  );
  connectBy(way, parts).then(
    () => resolve(null),
    (error: NodeJS.ErrnoException) => resolve(failureOf(error, phases.current())),
  );
  const failure = await promise;
  deadline.clear();
  way.sockets.end();
  if (failure === null) watch.answered();
  else watch.failed(failure);
  const outcome = failure === null ? 'ok' : failure.outcome;
  return watch.contact({ outcome, reason: failure?.reason ?? null, http_status: null });
}

async function connectBy(way: Way, { url, ca, clock }: HostTry): Promise<void> {
  const socket = await dial(url, way);
  if (url.protocol !== 'https:') return;
  await secure(socket, {
    url,
    ca,
    identity: null,
    fills_in_intermediate: true,
    sockets: way.sockets,
    reconnect: () => dial(url, way),
    // The certificate of an authority that is missing is not fetched: the handshake is enough.
    fetchFile: async () => null,
    now: clock.now,
  });
}
