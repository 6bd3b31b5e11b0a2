import type { LookupAddress } from 'node:dns';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { request as httpRequest } from '../../http/node-http.ts';
import { SECOND } from '../../model/time.ts';

/** From the start to the status of the response. */
const LIMIT_MS = 15 * SECOND;

export interface Post {
  url: URL;
  /** Address to connect to; null: resolve the host name. */
  address: LookupAddress | null;
  /** JSON. */
  body: string;
  headers: Record<string, string>;
}

/**
 * Posts JSON once and resolves to the HTTP status; the response body is not read, redirects are not
 * followed. Connects to `address` if given, without resolving the name again.
 * @throws the error of the socket, or when there is no response within 15 s
 */
export function postOnce({ url, address, body, headers }: Post): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(LIMIT_MS),
      ...(address ? { lookup: fixedLookup(address) } : {}),
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'Piaokuang-Notifier',
      },
    });
    request.once('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.once('error', reject);
    request.end(body);
  });
}

/** The name was already resolved and checked; resolving it again could give another address. */
function fixedLookup({ address, family }: LookupAddress): LookupFunction {
  return (_hostname, options, callback) => {
    if (options.all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}
