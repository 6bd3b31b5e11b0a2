import type { Configuration, System } from '../../../model/configuration.ts';
import type { Contact } from '../../../model/proof.ts';
import { literalAddress } from '../../exchange/connection/resolve.ts';
import { isPublicName } from '../../exchange/registrable-domain.ts';
import { isNobodys, leadsToPublic, rangesOf } from './addresses.ts';

/** How the hosts of a line are told apart. */
export interface Hosts {
  /** The name of the host that decided a run of a check of this system. */
  nameOf(system: string, contact: Contact): string;
  /** The name of the host of its address, which is asked first; null: no such system. */
  askedOf(system: string): string | null;
  /** This machine itself, which needs no line. */
  isLocal(contact: Contact): boolean;
  /** Whether the host of a system is asked over TLS. */
  isSecure(system: string): boolean;
  /**
   * The public name of a system that is no simulator led this run to an address at which it cannot
   * be, or into a private network, although it was a public one at which it answered last.
   */
  isMisled(system: string, contact: Contact, answered_at: string | null): boolean;
}

/** The ranges of this machine. */
export const LOOPBACK: readonly string[] = ['127.0.0.0/8', '::1/128'];

export interface HostsParts {
  configuration: Pick<Configuration, 'systems' | 'lines'>;
  /** Ranges that are this machine. */
  loopback: readonly string[];
}

/**
 * A host is told by its name. Simulators share one; they are told apart by the path of their
 * address.
 */
export function tellHosts({ configuration, loopback }: HostsParts): Hosts {
  const systems = new Map(configuration.systems.map((system) => [system.id, system]));
  // A proxy leads to its own loopback, not to ours.
  const is_direct = configuration.lines.every(({ proxy }) => proxy === null);
  const isOurs = rangesOf(loopback);
  function nameOf(system: string, host: string): string {
    return `${host}${pathOfSimulator(systems.get(system), host)}`;
  }
  return {
    nameOf: (system, { host }) => nameOf(system, host),
    askedOf(system) {
      const url = systems.get(system)?.url;
      return url === undefined ? null : nameOf(system, hostOf(url));
    },
    isLocal: ({ address }) => is_direct && address !== null && isOurs(address),
    isSecure: (system) => isSecure(systems.get(system)),
    isMisled(system, { host, address, reach }, answered_at) {
      const it = systems.get(system);
      if (it === undefined || it.environment === 'simulator' || !is_direct) return false;
      // By its certificate it is the host itself, wherever it is.
      if (reach === 'answered' && isSecure(it)) return false;
      if (address === null) return false;
      const has_moved =
        answered_at !== null && leadsToPublic(answered_at) && !leadsToPublic(address);
      return (isOurs(address) || isNobodys(address) || has_moved) && isPublicName(host);
    },
  };
}

function isSecure(system: System | undefined): boolean {
  return system !== undefined && new URL(system.url).protocol === 'https:';
}

/** The host name or address of a URL, as contacts have it. */
function hostOf(url: string): string {
  const { hostname } = new URL(url);
  return literalAddress(hostname) ?? hostname;
}

function pathOfSimulator(system: System | undefined, host: string): string {
  if (system?.environment !== 'simulator') return '';
  const { hostname, pathname } = new URL(system.url);
  const is_its = (literalAddress(hostname) ?? hostname) === host;
  return is_its && pathname !== '/' ? pathname : '';
}
