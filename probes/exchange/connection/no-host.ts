import { BlockList, isIPv6 } from 'node:net';

/**
 * Addresses to which nobody can connect, from any machine: of groups, of everybody, and those of a
 * link that do not say of which (RFC 1112, 919, 4291). The kernel's errors for them (EINVAL,
 * ENETUNREACH) read like faults of this machine.
 */
const NO_HOST = new BlockList();
NO_HOST.addSubnet('224.0.0.0', 4, 'ipv4');
NO_HOST.addAddress('255.255.255.255', 'ipv4');
NO_HOST.addSubnet('ff00::', 8, 'ipv6');
NO_HOST.addSubnet('fe80::', 10, 'ipv6');

/** Whether no host has this address. */
export function isNoHost(address: string): boolean {
  return NO_HOST.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
