import type { Buffer } from 'node:buffer';

export interface RequestHead {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: Buffer | null;
}

/** The head of a request on a connection of its own, as browsers write names. */
export function requestHead({ method, url, headers, body }: RequestHead): string {
  const length = body === null ? {} : { 'content-length': String(body.length) };
  const lines = Object.entries({ ...headers, ...length }).map(
    ([name, value]) =>
      `${name.replace(/(?<![^-])[a-z]/g, (first) => first.toUpperCase())}: ${value}`,
  );
  return [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    ...lines,
    'Connection: close',
    '\r\n',
  ].join('\r\n');
}
