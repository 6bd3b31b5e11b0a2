import type { LookupAddress } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';

/** From the first step to the status of the answer. */
const LIMIT_MS = 15_000;

export interface Post {
  url: URL;
  /** Where to connect; null: wherever the name leads. */
  address: LookupAddress | null;
  /** JSON. */
  body: string;
  headers: Record<string, string>;
}

/**
 * Posts JSON once and gives the HTTP status of the answer; its body is not read, redirects are not
 * followed. The connection goes to `address` when there is one, whatever the name says now.
 * @throws when there is no answer within 15 s
 */
export function postOnce({ url, address, body, headers }: Post): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(LIMIT_MS),
      ...(address ? { lookup: alwaysAt(address) } : {}),
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
    request.once('error', (error: NodeJS.ErrnoException) => reject(new Error(describe(error))));
    request.end(body);
  });
}

/** The name was looked up and checked before; asking again could give another answer. */
function alwaysAt({ address, family }: LookupAddress): LookupFunction {
  return (_hostname, options, callback) => {
    if (options.all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

/** Codes only: messages of sockets name the address. */
function describe({ code, name }: NodeJS.ErrnoException): string {
  if (name === 'AbortError' || name === 'TimeoutError') return `no answer in ${LIMIT_MS / 1_000} s`;
  return code ?? name;
}
