/** Private listeners and simulators are reachable from this machine only. */
export const PRIVATE_HOST = '127.0.0.1';

/**
 * Origin under which this machine reaches a listener: wildcard addresses become localhost, and IPv6
 * addresses are bracketed.
 */
export function originOf(host: string, port: number): string {
  const is_every_address = host === '0.0.0.0' || host === '::';
  const name = is_every_address ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
