import { createHash } from 'node:crypto';

/** Top-level parameters of a call. Lists and objects are sent and signed as their JSON text. */
export type CallParameters = Record<string, string | number>;

/**
 * The signature of a call to the Pinduoduo open platform: MD5 in upper-case hex of the secret,
 * every key with its value in ascending order of keys (without `sign`), and the secret again, in
 * UTF-8.
 */
export function signature(parameters: CallParameters, client_secret: string): string {
  const hash = createHash('md5').update(client_secret, 'utf8');
  for (const key of Object.keys(parameters).sort()) {
    if (key !== 'sign') hash.update(`${key}${parameters[key]}`, 'utf8');
  }
  return hash.update(client_secret, 'utf8').digest('hex').toUpperCase();
}
