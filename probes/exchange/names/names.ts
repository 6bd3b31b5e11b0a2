import { getServers } from 'node:dns';
import { hostname, networkInterfaces } from 'node:os';
import { type AddressFamily, questionServers, rememberServers } from './ask-servers.ts';
import { askBothFamilies, type FoundAddresses } from './both-families.ts';
import { nameKey, parseHosts } from './hosts-file.ts';
import { nameFault } from './name-fault.ts';
import { watchFile } from './name-files.ts';
import { askOneFamily, requireFamily } from './one-family.ts';
import { candidates, parseResolvConf, type ResolvConf } from './resolv-conf.ts';

/** Finds addresses for the runs of a line. Nothing that it finds is kept for the next run. */
export interface Names {
  /**
   * The addresses of a name, of one family if one is given: of the hosts file, else of the name
   * servers. Rejects with a name fault, or `FAMILY_MISSING` where it has the other only; `onEnd` is
   * given what ends the questions, after which the promise may never settle.
   */
  find(
    name: string,
    onEnd: (end: () => void) => void,
    family?: AddressFamily | null,
  ): Promise<FoundAddresses>;
}

/** Where the system says what names mean. */
export interface NameFiles {
  hosts: string;
  resolv_conf: string;
}

export interface NamesParts {
  files?: Partial<NameFiles>;
  monotonic?: () => number;
  /** Whether addresses of IPv6 are tried first; absent: where this machine has a public one. */
  prefersIpv6?: () => boolean;
}

const WINDOWS_HOSTS = 'C:\\Windows\\System32\\drivers\\etc\\hosts';
const SYSTEM_FILES: NameFiles = {
  hosts: process.platform === 'win32' ? WINDOWS_HOSTS : '/etc/hosts',
  resolv_conf: '/etc/resolv.conf',
};

/**
 * A resolver of our own: getaddrinfo has four threads for the whole process, and four names that
 * hang take them all.
 */
export function createNames(parts: NamesParts = {}): Names {
  const { monotonic = () => performance.now() } = parts;
  const prefersIpv6 = parts.prefersIpv6 ?? seldom(hasPublicIpv6, monotonic);
  const files = { ...SYSTEM_FILES, ...parts.files };
  const hosts = watchFile(files.hosts, parseHosts, monotonic);
  const settings = watchFile(files.resolv_conf, parseResolvConf, monotonic);
  const memory = rememberServers(monotonic);

  return {
    async find(name, onEnd, family = null) {
      const key = nameKey(name);
      const known = hosts.current().get(key) ?? (isLocalhost(key) ? LOOPBACK : undefined);
      if (known !== undefined) {
        const first = requireFamily(known, family);
        return { first, later: Promise.resolve([]), is_asked: false };
      }
      const conf = withServers(settings.current());
      const questions = questionServers(conf.servers, memory);
      onEnd(questions.end);
      const ask = (candidate: string) =>
        family === null
          ? askBothFamilies(questions, candidate, prefersIpv6() ? 6 : 4)
          : askOneFamily(questions, candidate, family);
      return await askInTurn(candidates(name, conf, hostname()), ask);
    },
  };
}

/** As it is asked for, a name below `localhost` is this machine (RFC 6761; so do browsers). */
const LOOPBACK = ['127.0.0.1', '::1'];

function isLocalhost(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}

/** Where resolv.conf names no server, the system may know some from elsewhere (Windows). */
function withServers(conf: ResolvConf): ResolvConf {
  return conf.servers.length > 0 ? conf : { ...conf, servers: getServers() };
}

/** Names that do not exist lead to the next; the fault of the name as it was given counts. */
async function askInTurn(
  names: readonly string[],
  ask: (name: string) => Promise<FoundAddresses>,
): Promise<FoundAddresses> {
  const faults = new Map<string, NodeJS.ErrnoException>();
  for (const name of names) {
    try {
      return await ask(name);
    } catch (error) {
      const fault = error as NodeJS.ErrnoException;
      faults.set(name, fault);
      if (!LEADS_ON.has(fault.code ?? '')) throw fault;
    }
  }
  const shortest = names.toSorted((a, b) => a.length - b.length)[0] ?? '';
  throw faults.get(shortest) ?? nameFault();
}

/** As in glibc: nobody answered is the end, a name that one server cannot find is not. */
const LEADS_ON = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME', 'ESERVFAIL']);

const INTERFACES_FOR_MS = 10_000;

/** Looking at the interfaces costs as much as the rest of a run: once in a while is enough. */
function seldom(look: () => boolean, monotonic: () => number): () => boolean {
  let seen = false;
  let seen_at = Number.NEGATIVE_INFINITY;
  return () => {
    if (monotonic() - seen_at >= INTERFACES_FOR_MS) {
      seen = look();
      seen_at = monotonic();
    }
    return seen;
  };
}

/** An address from which IPv6 leads anywhere: 2000::/3. */
function hasPublicIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some((it) => it.family === 'IPv6' && !it.internal && /^[23]/.test(it.address)),
  );
}
