import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** Addresses by name, in the order of the file. */
export type HostsFile = ReadonlyMap<string, readonly string[]>;

/** Reads a hosts file (hosts(5)). All lines of a name count, as glibc and browsers take them. */
export function parseHosts(text: string): HostsFile {
  const hosts = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const bare = address.replace(/%.*/, '');
    if (isIP(bare) === 0) continue;
    for (const name of names) {
      const known = hosts.get(nameKey(name)) ?? [];
      if (!known.includes(bare)) hosts.set(nameKey(name), [...known, bare]);
    }
  }
  return hosts;
}

/** A name as it is compared: without the final dot, in ASCII and lower case. */
export function nameKey(name: string): string {
  const plain = name.replace(/\.$/, '').toLowerCase();
  return /^[\x21-\x7e]*$/.test(plain) ? plain : domainToASCII(plain);
}
