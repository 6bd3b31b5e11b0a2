export interface RequestHead {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: Buffer | null;
}

/** The head of a request on a connection of its own, as browsers write names. */
export function requestHead({ method, url, headers, body }: RequestHead): string {
  const length = body === null ? {} : { 'content-length': String(body.length) };
  const all = { ...credentialsIn(url, 'authorization'), ...headers, ...length };
  const lines = Object.entries(all).map(
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

/** A header with the name and password in a URL (Basic, RFC 7617), or none. */
export function credentialsIn(url: URL, header: string): Record<string, string> {
  const { username, password } = url;
  if (username === '' && password === '') return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { [header]: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** A percent sign that begins no escape, as URLs put up with, leaves the text as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
