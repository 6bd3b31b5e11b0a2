/** What resolv.conf(5) says of how names are asked. */
export interface ResolvConf {
  /** Addresses of the name servers, at most three, as glibc takes them. */
  servers: readonly string[];
  /** Domains in which names with few dots are looked for; null: not said. */
  search: readonly string[] | null;
  /** A name with so many dots is asked as it is first. */
  ndots: number;
}

const MOST_SERVERS = 3;
const MOST_DOTS = 15;
/** glibc knows no limit any more; a name that nobody has is asked for once per domain. */
const MOST_DOMAINS = 32;

/** Reads the settings that we follow; of `search` and `domain` the last one counts. */
export function parseResolvConf(text: string): ResolvConf {
  const servers: string[] = [];
  let search: string[] | null = null;
  let ndots = 1;
  for (const line of text.split('\n')) {
    const [key, ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    if (key === 'nameserver' && values[0] !== undefined) servers.push(values[0]);
    if (key === 'domain') search = values.slice(0, 1);
    if (key === 'search') search = values;
    if (key === 'options') ndots = dotsIn(values) ?? ndots;
  }
  return {
    servers: servers.slice(0, MOST_SERVERS),
    search:
      search
        ?.map(withoutDot)
        .filter((it) => it !== '')
        .slice(0, MOST_DOMAINS) ?? null,
    ndots,
  };
}

function dotsIn(options: readonly string[]): number | null {
  const said = options.findLast((it) => /^ndots:\d+$/.test(it));
  return said === undefined ? null : Math.min(MOST_DOTS, Number(said.slice('ndots:'.length)));
}

function withoutDot(domain: string): string {
  return domain.replace(/\.$/, '');
}

/**
 * The names that are asked in turn for a name, as getaddrinfo does: with enough dots as it is and
 * then in the search domains, else the other way round. A final dot says that it is whole.
 */
export function candidates(name: string, { search, ndots }: ResolvConf, own: string): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const own_domain = own.includes('.') ? [own.slice(own.indexOf('.') + 1)] : [];
  const within = (search ?? own_domain).map((domain) => `${name}.${domain}`);
  const dots = name.split('.').length - 1;
  return dots >= ndots ? [name, ...within] : [...within, name];
}
