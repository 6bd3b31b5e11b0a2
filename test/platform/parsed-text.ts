import { expect } from 'vitest';
import { ConfigurationError } from '../../platform/config/issues.ts';
import { type ParseInput, parseConfiguration } from '../../platform/config/parse.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { CONFIGURATION_HEAD } from './configuration-head.ts';

/** Without problems; what is tested of others is what is changed in it. */
export const SOUND = `${CONFIGURATION_HEAD}  shop:
    name: { zh-CN: 店, en: Shop }
    driver: pinduoduo
    environment: sandbox
    url: https://sandbox.example.org
    settings: { client_id: a, client_secret: { env: SECRET }, access_token: { env: TOKEN } }
  site:
    name: { zh-CN: 站, en: Site }
    driver: web
    environment: production
    url: https://site.example.org
checks:
  shop-upload:
    system: shop
    function: upload
    schedule: '*/10 * * * * *'
    deadline: 5s
  site-reach:
    system: site
    function: reach
    schedule: '*/30 * * * * *'
    deadline: 10s
`;

export function parseText(text: string, more: Partial<ParseInput> = {}) {
  return parseConfiguration({
    text,
    file: 'my.yaml',
    demo: false,
    public_url: null,
    simulator_url: 'http://127.0.0.1:8090',
    env: { SECRET: 'hush', TOKEN: 'hush-too' },
    drivers: SYSTEMS,
    ...more,
  });
}

/** What is wrong, as `path: message`. */
export function problemsIn(text: string, more: Partial<ParseInput> = {}): string[] {
  try {
    parseText(text, more);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  }
}

/** The sound configuration with one thing changed. */
export function soundWith(from: string, to: string): string {
  expect(SOUND).toContain(from);
  return SOUND.replace(from, to);
}
