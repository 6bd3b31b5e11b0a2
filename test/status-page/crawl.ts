/** What is reached by following every link, from the front page on. */
export interface Crawl {
  /** Statuses of what was asked for, by path and query. */
  found: Map<string, number>;
  /** Links to addresses that are not of the site, each with the page that has it. */
  outside: string[];
  /** Links to what is not there. */
  dead: string[];
}

interface Crawled {
  /** The origin that is asked. */
  origin: string;
  /** Where the site says that it is. */
  public_url: string;
  /** Paths on the host to begin with. */
  from: readonly string[];
  headers?: Record<string, string>;
}

/**
 * Follows every address that the site publishes, in elements and in texts, once; of forms it asks
 * whether they can be sent.
 */
export async function crawl({ origin, public_url, from, headers = {} }: Crawled): Promise<Crawl> {
  const site = new URL(public_url);
  const crawled: Crawl = { found: new Map(), outside: [], dead: [] };
  const waiting = [...from];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (crawled.found.has(path)) continue;
    const answer = await fetch(origin + path, { headers, redirect: 'manual' });
    const text = await answer.text();
    crawled.found.set(path, answer.status);
    const type = answer.headers.get('content-type') ?? '';
    const moved = answer.headers.get('location');
    const links = [...linksIn(text, type), ...(moved === null ? [] : [moved])];
    const here = new URL(path, site);
    for (const { href, origin, pathname, search } of links.map((it) => new URL(it, here))) {
      const is_of_site = origin === site.origin && `${pathname}/`.startsWith(`${site.pathname}/`);
      if (!is_of_site) crawled.outside.push(`${path}: ${href}`);
      else waiting.push(pathname + search);
    }
    for (const action of actionsIn(text, type)) {
      const { href, pathname } = new URL(action, here);
      if (!pathname.startsWith(`${site.pathname}/`)) crawled.outside.push(`${path}: ${href}`);
      const { status } = await fetch(origin + pathname, { method: 'OPTIONS' });
      if (status !== 204) crawled.dead.push(`${path}: form ${href} ${status}`);
    }
    if (answer.status >= 400) crawled.dead.push(`${path} ${answer.status}`);
  }
  return crawled;
}

function linksIn(text: string, type: string): string[] {
  if (/javascript|css/.test(type)) return [];
  if (!type.includes('html')) return addressesIn(text.replace(/\r\n[ \t]/g, ''));
  const links = [...text.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, it = '']) => it);
  return links.map(decoded).filter((it) => !it.startsWith('#'));
}

function actionsIn(text: string, type: string): string[] {
  if (!type.includes('html')) return [];
  return [...text.matchAll(/ (?:form)?action="([^"]*)"/g)].map(([, it = '']) => decoded(it));
}

/** Those at our own host: others name standards. */
function addressesIn(text: string): string[] {
  return (text.match(/https?:\/\/[\w.-]+\.invalid[^\s"'<>\\)&]*/g) ?? []).map(decoded);
}

function decoded(text: string): string {
  return text.replaceAll('&amp;', '&');
}
