import { readFileSync } from 'node:fs';

const MANIFEST = new URL('../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string };

/** The User-Agent of measurements, with a contact address. Header values are printable ASCII. */
export function userAgent(contact: string): string {
  return `Piaokuang/${version} (+${contact.replace(/[^\x20-\x7e]/g, '?')})`;
}
