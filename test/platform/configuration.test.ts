import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SIMULATED_TOKEN } from '../../demo/erp-feed.ts';
import { loadConfiguration } from '../../platform/config/load.ts';
import { parseConfiguration } from '../../platform/config/parse.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { SIMULATED_CREDENTIALS } from '../../probes/systems/pinduoduo/settings.ts';
import { parseText, problemsIn, SOUND, soundWith } from './parsed-text.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The sound configuration with the site as a bureau that the check measures. */
function beijing(fn: 'query' | 'download'): string {
  const options = fn === 'download' ? '\n    options: { format: pdf }' : '';
  return soundWith('driver: web', 'driver: beijing').replace(
    'function: reach',
    `function: ${fn}${options}`,
  );
}

describe('the shipped configurations', () => {
  it('are sound: the demo, on the simulators', () => {
    const demo = loadConfiguration({ argv: [], env: { SIMULATOR_PORT: '9999' }, drivers: SYSTEMS });
    expect(demo.demo).toBe(true);
    expect(demo.systems.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:9999/pinduoduo',
      'http://127.0.0.1:9999/beijing',
      'http://127.0.0.1:9999/inv-veri',
      'http://127.0.0.1:9999/erp',
    ]);
    expect(Object.keys(demo.policies)).toEqual([
      'pinduoduo.upload',
      'beijing.query',
      'beijing.download',
      'beijing.sync',
      'inv-veri.reach',
      'erp.reach',
      'erp.sync',
    ]);
    const sha256 = createHash('sha256').update(SIMULATED_TOKEN).digest('hex');
    expect(demo.ingest).toEqual([{ id: 'erp', sha256, systems: ['erp'] }]);
    expect(demo.policies['beijing.sync']).toMatchObject({
      stalled_after_ms: 60_000,
      resolve_after_ms: 20_000,
      confirmations: 2,
    });
  });

  it('are sound: the example, which writes nothing', () => {
    const argv = ['--config', join(ROOT, 'config/example.yaml')];
    const example = loadConfiguration({ argv, env: {}, drivers: SYSTEMS });
    expect(example.demo).toBe(false);
    expect(example.checks.map((check) => check.function)).toEqual([
      'reach',
      'download',
      'reach',
      'reach',
      'reach',
    ]);
    expect(example.page.public_url).toBe('https://status.example.org');
  });
});

describe('settings of a simulator', () => {
  const onSimulator = (settings: string) =>
    SOUND.replace('sandbox', 'simulator')
      .replace('https://sandbox.example.org', '/pinduoduo')
      .replace(/ {4}settings: .*\n/, settings);

  it('that let us in need not be given', () => {
    expect(parseText(onSimulator('')).systems[0]?.settings).toEqual(SIMULATED_CREDENTIALS);
  });

  it('are those that are given, one by one', () => {
    const { systems } = parseText(onSimulator('    settings: { client_id: other }\n'));
    expect(systems[0]?.settings).toEqual({ ...SIMULATED_CREDENTIALS, client_id: 'other' });
  });
});

describe('a sound configuration', () => {
  it('has durations in ms, the only line, the page zone and secrets from the environment', () => {
    const { checks, systems } = parseText(SOUND);
    expect(checks[0]).toEqual({
      id: 'shop-upload',
      system: 'shop',
      line: 'office',
      deadline_ms: 5_000,
      function: 'upload',
      schedule: '*/10 * * * * *',
      zone: 'Asia/Shanghai',
      options: {},
    });
    expect(systems[0]?.settings).toMatchObject({ client_secret: 'hush' });
  });

  it('holds no settings and needs no secrets in a process that does not measure', () => {
    const { drivers: _, ...without } = { drivers: SYSTEMS, text: SOUND, env: {} };
    const { systems } = parseConfiguration({
      ...without,
      file: 'my.yaml',
      demo: false,
      public_url: null,
      simulator_url: 'http://127.0.0.1:8090',
    });
    expect(systems.map(({ settings }) => settings)).toEqual([null, null]);
  });

  it('reads a secret from a file beside it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'piaokuang-config-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'secret.txt'), 'from-a-file\n');
    const text = soundWith('{ env: SECRET }', '{ file: secret.txt }');
    const { systems } = parseText(text, { file: join(folder, 'my.yaml') });
    expect(systems[0]?.settings).toMatchObject({ client_secret: 'from-a-file' });
  });

  it('measures what only our simulator answers on simulators only', () => {
    const why = (key: string, fn: string) =>
      `checks.site-reach.${key}: "${fn}" of site cannot be measured: no query by number is ` +
      'published, so only the simulator has one; measure delivery links of your own with driver ' +
      'dppt, and your own traffic by POST /ingest/events where a system can be asked for your ' +
      'invoices';
    expect(problemsIn(beijing('query'))).toEqual([why('function', 'query')]);
    expect(problemsIn(beijing('download'))).toEqual([why('function', 'download')]);
    expect(problemsIn(beijing('download').replace('production', 'sandbox'))).toEqual([
      why('function', 'download'),
    ]);
    const following = beijing('query')
      .replace(
        "function: query\n    schedule: '*/30 * * * * *'",
        'function: sync\n    follows: shop',
      )
      .replace('system: site', 'system: shop\n    looks_at: site');
    expect(problemsIn(following)).toEqual([why('looks_at', 'sync')]);
    const simulated = beijing('query').replace('https://site.example.org', '/beijing');
    expect(problemsIn(simulated.replace('production', 'simulator'))).toEqual([]);
  });

  it('looks for followed invoices in the system itself, or where it is told', () => {
    const following = (more: string) => `${SOUND}  way:
    system: site
    function: sync
    follows: site
    deadline: 5s
${more}`;
    const looks_at = (text: string) => parseText(text).checks.find(({ id }) => id === 'way');
    const simulated = beijing('query')
      .replace('https://site.example.org', '/beijing')
      .replace('production', 'simulator');
    expect(looks_at(following('').replace(SOUND, simulated))).toMatchObject({ looks_at: 'site' });
    expect(problemsIn(following(''))).toEqual([
      'checks.way.function: the driver of this system does not measure "sync"; known: reach',
    ]);
    expect(problemsIn(following('    looks_at: shop\n'))).toEqual([
      'checks.way.looks_at: the driver of this system does not measure "sync"; known: upload',
    ]);
    expect(problemsIn(following('    looks_at: shap\n'))).toEqual([
      'checks.way.looks_at: there is no system "shap"; did you mean "shop"?',
    ]);
  });

  it('keeps hashes of the tokens of those who may post events, where events are taken', () => {
    const text = `${SOUND}ingest:
  tokens:
    till: { token: { env: TILL_TOKEN }, systems: [shop] }
    office: { token: { env: OFFICE_TOKEN } }
`;
    const env = {
      SECRET: 'hush',
      TOKEN: 'hush-too',
      TILL_TOKEN: 'sixteen-or-more-1',
      OFFICE_TOKEN: 'sixteen-or-more-2',
    };
    const { ingest } = parseText(text, { env });
    const sha256 = createHash('sha256').update(env.TILL_TOKEN).digest('hex');
    expect(ingest[0]).toEqual({ id: 'till', sha256, systems: ['shop'] });
    expect(ingest[1]).toMatchObject({ id: 'office', systems: null });
    expect(
      problemsIn(text.replace('[shop]', '[shap]'), { env: { ...env, OFFICE_TOKEN: 'short' } }),
    ).toEqual([
      'ingest.tokens.till.systems.0: there is no system "shap"; did you mean "shop"?',
      'ingest.tokens.office.token: expected a token of 16 to 500 printable characters',
    ]);
    expect(problemsIn(text.replace('{ env: TILL_TOKEN }', 'sixteen-or-more-1'), { env })).toEqual([
      'ingest.tokens.till.token: is a secret; expected {env: NAME} or {file: PATH} instead of ' +
        'the secret',
    ]);
  });

  it('takes the address of the page from the environment first', () => {
    const public_url = 'https://other.example.org';
    expect(parseText(SOUND, { public_url }).page.public_url).toBe(public_url);
  });

  it.each([
    ['https://status.example.org/', 'https://status.example.org'],
    ['https://example.org/status', 'https://example.org/status'],
    ['https://example.org/status/', 'https://example.org/status'],
    ['http://127.0.0.1:8080/a/b-c_d.e~f/', 'http://127.0.0.1:8080/a/b-c_d.e~f'],
  ])('O6: the page is at %s', (written, public_url) => {
    const text = SOUND.replace('https://status.example.org', written);
    expect(parseText(text).page.public_url).toBe(public_url);
  });

  it.each([
    'https://example.org/a//',
    'https://example.org/a//b',
    'https://example.org/a/../b',
    'https://example.org/.hidden',
    'https://example.org/%61',
    'https://example.org/a?b',
    'https://example.org/a#b',
    'https://example.org/a b',
    'https://user@example.org/a',
  ])('O6: the page is not at %s', (written) => {
    const text = SOUND.replace('https://status.example.org', `"${written}"`);
    expect(problemsIn(text)).toEqual([
      expect.stringMatching(/^page\.public_url: expected the add/),
    ]);
  });
});
