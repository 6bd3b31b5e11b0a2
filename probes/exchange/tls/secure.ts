import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { EpochMs, ResultNote } from '../../../model/vocabulary.ts';
import type { Sockets } from '../connection/sockets.ts';
import { fault } from '../http/fault.ts';
import type { TlsIdentity, Trust } from './context.ts';
import type { CertificateFacts } from './facts.ts';
import { serverName, shakeHands } from './handshake.ts';
import { type FetchFile, missingIssuers } from './issuers.ts';
import { type JudgedChain, judge } from './judge.ts';
import { remember } from './remembered.ts';

export interface SecureParts {
  url: URL;
  ca: string | null;
  identity: TlsIdentity | null;
  /** A missing intermediate is noted; else it is a failure. */
  fills_in_intermediate: boolean;
  sockets: Sockets;
  /** Another connection to the same host. */
  reconnect(): Promise<Socket>;
  fetchFile: FetchFile;
  now(): EpochMs;
}

/** A connection that a browser would use, and what is odd about it. */
export interface Secured {
  socket: TLSSocket;
  notes: ResultNote[];
  /** The certificate of the chain that expires first. */
  first_to_expire: Pick<CertificateFacts, 'valid_from' | 'expires_at'>;
}

/** The intermediates that a host leaves out, so that it is asked once only. */
const LEFT_OUT = remember<string[]>(100);

/**
 * Makes a connection secure as a browser does. A host without secure renegotiation or HTTP/1.1, and
 * one that leaves out an intermediate certificate, is connected to once more, knowing that: nothing
 * has been asked of it by then. Rejects with a fault, or with an error of OpenSSL or of the kernel.
 */
export async function secure(connection: Socket, parts: SecureParts): Promise<Secured> {
  const { url, ca, identity } = parts;
  const key = `${url.host} ${ca}`;
  const known = {
    ca,
    identity,
    intermediates: LEFT_OUT.get(key) ?? [],
    is_legacy: false,
    offers_http_2: false,
  };
  const first = await shakeHandsAnyhow(connection, known, parts);
  if (first.judged.reaches_root) return settled(first, parts);
  const intermediates = await missingIssuers(first.judged.chain, ca, parts.fetchFile);
  if (intermediates.length === 0) throw fault('CERTIFICATE_INVALID', 'no way to a known root');
  first.socket.destroy();
  const again = await parts.reconnect();
  const second = await shakeHandsAnyhow(again, { ...first.trust, intermediates }, parts);
  if (!second.judged.reaches_root) throw fault('CERTIFICATE_INVALID', 'no way to a known root');
  LEFT_OUT.set(key, intermediates);
  return settled(second, parts);
}

interface Shaken {
  socket: TLSSocket;
  judged: JudgedChain;
  trust: Trust;
}

async function shakeHandsAnyhow(
  connection: Socket,
  trust: Trust,
  parts: SecureParts,
): Promise<Shaken> {
  const { url, sockets, now } = parts;
  try {
    const socket = await shakeHands(connection, url, trust, sockets);
    const judged = judge(socket, { name: serverName(url), trust, now: now() });
    return { socket, judged, trust };
  } catch (error) {
    const other = otherTrust(trust, String((error as NodeJS.ErrnoException).code));
    if (other === null) throw error;
    return shakeHandsAnyhow(await parts.reconnect(), other, parts);
  }
}

/** How to shake hands once more with a server that broke it off so; null: not at all. */
function otherTrust(trust: Trust, code: string): Trust | null {
  // It does not know RFC 5746.
  const is_legacy = code === 'ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED';
  if (is_legacy && !trust.is_legacy) return { ...trust, is_legacy };
  const offers_http_2 = /^ERR_SSL_.*NO_APPLICATION_PROTOCOL/.test(code);
  if (offers_http_2 && !trust.offers_http_2) return { ...trust, offers_http_2 };
  return null;
}

function settled({ socket, judged, trust }: Shaken, parts: SecureParts): Secured {
  const notes: ResultNote[] = [...judged.notes];
  if (trust.is_legacy) notes.push('legacy_renegotiation');
  if (judged.is_incomplete) {
    if (!parts.fills_in_intermediate) {
      throw fault('CERTIFICATE_INCOMPLETE', 'an intermediate certificate is missing');
    }
    notes.push('missing_intermediate');
  }
  return { socket, notes, first_to_expire: judged.first_to_expire };
}
