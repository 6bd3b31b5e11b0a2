import { BlockList, isIP } from 'node:net';

/** What a list of networks expects. */
export const NETWORK_EXPECTED = 'expected an address or a network, such as 10.0.0.7 or 10.0.0.0/8';

/** Whether the text is an address, or a network as address and prefix length. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = bitsOf(address);
  if (bits === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}

/** Whether an address is in one of the networks, for which `isNetwork` holds. */
export function createIsIn(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(
      address,
      prefix === undefined ? bitsOf(address) : Number(prefix),
      family(address),
    );
  }
  return (address) => isIP(address) !== 0 && list.check(address, family(address));
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}

/** 0: no address. */
function bitsOf(address: string): number {
  const version = address.includes('%') ? 0 : isIP(address);
  return version === 0 ? 0 : version === 4 ? 32 : 128;
}
