import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SIMULATED_TOKEN } from '../../demo/erp-feed.ts';
import { LOCALES } from '../../model/vocabulary.ts';
import { ConfigurationError } from '../../platform/config/issues.ts';
import { loadConfiguration } from '../../platform/config/load.ts';
import { type ParseInput, parseConfiguration } from '../../platform/config/parse.ts';
import { UnrecoverableError } from '../../platform/unrecoverable.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { SIMULATED_CREDENTIALS } from '../../probes/systems/pinduoduo/settings.ts';
import { createRandom } from '../random.ts';
import { CONFIGURATION_HEAD } from './configuration-head.ts';

const ROOT = join(import.meta.dirname, '../..');
const DEMO = readFileSync(join(ROOT, 'config/demo.yaml'), 'utf8');

const SOUND = `${CONFIGURATION_HEAD}  shop:
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

function parse(text: string, more: Partial<ParseInput> = {}) {
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
function problems(text: string, more: Partial<ParseInput> = {}): string[] {
  try {
    parse(text, more);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  }
}

/** The sound configuration with one thing changed. */
function changed(from: string, to: string): string {
  expect(SOUND).toContain(from);
  return SOUND.replace(from, to);
}

/** The sound configuration with the site as a bureau that the check measures. */
function beijing(fn: 'query' | 'download'): string {
  const options = fn === 'download' ? '\n    options: { format: pdf }' : '';
  return changed('driver: web', 'driver: beijing').replace(
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

describe('O6: who may frame a page', () => {
  const withList = (list: string) =>
    changed('  contact:', `  frame_ancestors: ${list}\n  contact:`);
  const EXPECTED = 'expected the origin of a site, such as https://erp.example.org, without a path';

  it('is nobody, or the origins of a list', () => {
    expect(parse(SOUND).page.frame_ancestors).toBeUndefined();
    const list = '["https://erp.example.org", "http://10.0.0.1:8080"]';
    expect(parse(withList(list)).page.frame_ancestors).toEqual([
      'https://erp.example.org',
      'http://10.0.0.1:8080',
    ]);
  });

  it.each([
    'https://erp.example.org/path',
    'https://erp.example.org/',
    '*',
    'https://*.example.org',
    "'self'",
    'erp.example.org',
    'https://a.example; script-src *',
    'https://user@erp.example.org',
    'HTTPS://erp.example.org',
    'javascript:alert(1)',
    'https://票.example',
  ])('%s is no origin', (origin) => {
    expect(problems(withList(JSON.stringify([origin])))).toEqual([
      expect.stringMatching(new RegExp(`^page\\.frame_ancestors\\.0: ${EXPECTED}`)),
    ]);
  });
});

describe('the languages of a page', () => {
  const known = LOCALES.map((it) => `"${it}"`).join('|');
  const withLanguages = (list: string) => changed('  contact:', `  languages: ${list}\n  contact:`);

  it('are those in which all texts are required, or those that it names in its order', () => {
    expect(parse(SOUND).page.languages).toEqual(['zh-CN', 'en']);
    expect(parse(withLanguages('[zh-CN, en, ja]')).page.languages).toEqual(['zh-CN', 'en', 'ja']);
    expect(parse(withLanguages('[en, zh-CN]')).page.languages).toEqual(['en', 'zh-CN']);
    expect(parse(withLanguages('[en]')).page.languages).toEqual(['en']);
  });

  it('are at least one, known, and named once', () => {
    expect(problems(withLanguages('[]'))).toEqual([
      `page.languages.0: is missing; expected one of ${known}`,
    ]);
    expect(problems(withLanguages('[en, fr]'))).toEqual([
      `page.languages.1: expected one of ${known}; found "fr"`,
    ]);
    expect(problems(withLanguages('[en, en]'))).toEqual([
      'page.languages: expected each language once',
    ]);
  });

  it('are not asked for in names beyond those required', () => {
    expect(problems(changed('zh-CN: 站, en: Site', 'en: Site'))).toEqual([
      expect.stringContaining('systems.site.name.zh-CN: is missing'),
    ]);
    expect(problems(changed('zh-CN: 站, en: Site', 'zh-CN: 站, en: Site, fr: Site'))).toEqual([
      expect.stringContaining('systems.site.name.fr: is not a known key'),
    ]);
  });
});

describe('D8: trusted proxies', () => {
  const trusting = (proxies: string) =>
    changed('contact: ops@example.org', `contact: ops@example.org\n  trusted_proxies: ${proxies}`);

  it.each([
    ['1', 1],
    ['10', 10],
    ['[127.0.0.1, 10.0.0.0/8, "::1", "fd00::/8"]', ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8']],
  ])('may be %s', (proxies, read) => {
    expect(parse(trusting(proxies)).page.trusted_proxies).toEqual(read);
  });

  it('are nobody by default', () => {
    expect(parse(SOUND).page.trusted_proxies).toBeUndefined();
  });

  it.each(['0', '11', '1.5', 'true', '[]', 'nginx'])('may not be %s', (proxies) => {
    expect(problems(trusting(proxies))).toEqual([
      expect.stringMatching(/^page\.trusted_proxies: /),
    ]);
  });

  it.each(['10.0.0.0/33', 'localhost', '10.0.0', '*'])('may not be a list with %s', (network) => {
    expect(problems(trusting(`[127.0.0.1, "${network}"]`))).toEqual([
      expect.stringMatching(/^page\.trusted_proxies.*expected an? (address|list)/),
    ]);
  });
});

describe('settings of a simulator', () => {
  const onSimulator = (settings: string) =>
    SOUND.replace('sandbox', 'simulator')
      .replace('https://sandbox.example.org', '/pinduoduo')
      .replace(/ {4}settings: .*\n/, settings);

  it('that let us in need not be given', () => {
    expect(parse(onSimulator('')).systems[0]?.settings).toEqual(SIMULATED_CREDENTIALS);
  });

  it('are those that are given, one by one', () => {
    const { systems } = parse(onSimulator('    settings: { client_id: other }\n'));
    expect(systems[0]?.settings).toEqual({ ...SIMULATED_CREDENTIALS, client_id: 'other' });
  });
});

describe('a sound configuration', () => {
  it('has durations in ms, the only line, the page zone and secrets from the environment', () => {
    const { checks, systems } = parse(SOUND);
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
    const text = changed('{ env: SECRET }', '{ file: secret.txt }');
    const { systems } = parse(text, { file: join(folder, 'my.yaml') });
    expect(systems[0]?.settings).toMatchObject({ client_secret: 'from-a-file' });
  });

  it('measures what only our simulator answers on simulators only', () => {
    const why = (key: string, fn: string) =>
      `checks.site-reach.${key}: "${fn}" of site cannot be measured: no query by number is ` +
      'published, so only the simulator has one; measure delivery links of your own with driver ' +
      'dppt, and your own traffic by POST /ingest/events where a system can be asked for your ' +
      'invoices';
    expect(problems(beijing('query'))).toEqual([why('function', 'query')]);
    expect(problems(beijing('download'))).toEqual([why('function', 'download')]);
    expect(problems(beijing('download').replace('production', 'sandbox'))).toEqual([
      why('function', 'download'),
    ]);
    const following = beijing('query')
      .replace(
        "function: query\n    schedule: '*/30 * * * * *'",
        'function: sync\n    follows: shop',
      )
      .replace('system: site', 'system: shop\n    looks_at: site');
    expect(problems(following)).toEqual([why('looks_at', 'sync')]);
    const simulated = beijing('query').replace('https://site.example.org', '/beijing');
    expect(problems(simulated.replace('production', 'simulator'))).toEqual([]);
  });

  it('looks for followed invoices in the system itself, or where it is told', () => {
    const following = (more: string) => `${SOUND}  way:
    system: site
    function: sync
    follows: site
    deadline: 5s
${more}`;
    const looks_at = (text: string) => parse(text).checks.find(({ id }) => id === 'way');
    const simulated = beijing('query')
      .replace('https://site.example.org', '/beijing')
      .replace('production', 'simulator');
    expect(looks_at(following('').replace(SOUND, simulated))).toMatchObject({ looks_at: 'site' });
    expect(problems(following(''))).toEqual([
      'checks.way.function: the driver of this system does not measure "sync"; known: reach',
    ]);
    expect(problems(following('    looks_at: shop\n'))).toEqual([
      'checks.way.looks_at: the driver of this system does not measure "sync"; known: upload',
    ]);
    expect(problems(following('    looks_at: shap\n'))).toEqual([
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
    const { ingest } = parse(text, { env });
    const sha256 = createHash('sha256').update(env.TILL_TOKEN).digest('hex');
    expect(ingest[0]).toEqual({ id: 'till', sha256, systems: ['shop'] });
    expect(ingest[1]).toMatchObject({ id: 'office', systems: null });
    expect(
      problems(text.replace('[shop]', '[shap]'), { env: { ...env, OFFICE_TOKEN: 'short' } }),
    ).toEqual([
      'ingest.tokens.till.systems.0: there is no system "shap"; did you mean "shop"?',
      'ingest.tokens.office.token: expected a token of 16 to 500 printable characters',
    ]);
    expect(problems(text.replace('{ env: TILL_TOKEN }', 'sixteen-or-more-1'), { env })).toEqual([
      'ingest.tokens.till.token: is a secret; expected {env: NAME} or {file: PATH} instead of ' +
        'the secret',
    ]);
  });

  it('takes the address of the page from the environment first', () => {
    const public_url = 'https://other.example.org';
    expect(parse(SOUND, { public_url }).page.public_url).toBe(public_url);
  });

  it.each([
    ['https://status.example.org/', 'https://status.example.org'],
    ['https://example.org/status', 'https://example.org/status'],
    ['https://example.org/status/', 'https://example.org/status'],
    ['http://127.0.0.1:8080/a/b-c_d.e~f/', 'http://127.0.0.1:8080/a/b-c_d.e~f'],
  ])('O6: the page is at %s', (written, public_url) => {
    const text = SOUND.replace('https://status.example.org', written);
    expect(parse(text).page.public_url).toBe(public_url);
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
    expect(problems(text)).toEqual([expect.stringMatching(/^page\.public_url: expected the add/)]);
  });
});

describe('a configuration that is wrong', () => {
  it('tells everything at once, with line and column, in the order of the file', () => {
    const text = SOUND.replace('zh-CN: 办', 'zh-TW: 辦')
      .replace('driver: web', 'driver: webb')
      .replace('deadline: 5s', 'deadline: 5')
      .replace('function: reach', 'functoin: reach');
    expect(() => parse(text)).toThrow(
      [
        'my.yaml: 6 problems; nothing was started.',
        '  my.yaml:8:19  lines.office.name.zh-CN: is missing; expected string',
        '  my.yaml:8:21  lines.office.name.zh-TW: is not a known key; did you mean "zh-CN"?',
        '  my.yaml:18:13  systems.site.driver: there is no driver "webb"; did you mean "web"?',
        '  my.yaml:26:15  checks.shop-upload.deadline: expected a duration with its unit, ' +
          'such as 1500ms, 15s, 10m, 24h or 7d; found 5',
        '  my.yaml:28:5  checks.site-reach.function: is missing; expected one of issue, ' +
          'upload, query, sync, download, deliver, verify, reach',
        '  my.yaml:29:5  checks.site-reach.functoin: is not a known key; did you mean "function"?',
      ].join('\n'),
    );
  });

  it.each<[string, string, string, string]>([
    [
      'no address',
      '  public_url: https://status.example.org\n',
      '',
      'page.public_url: is missing; expected the address under which people reach the page (or ' +
        'set PUBLIC_URL)',
    ],
    [
      'a path of another spelling',
      'status.example.org',
      'status.example.org/状态',
      'page.public_url: expected the address of the page, such as https://status.example.org or ' +
        'https://example.org/status, with letters, digits, ".", "_", "~" and "-" in its path; ' +
        'found "https://status.example.org/状态"',
    ],
    [
      'an unknown system',
      'system: site',
      'system: sita',
      'checks.site-reach.system: there is no system "sita"; did you mean "site"?',
    ],
    [
      'an unknown line',
      'system: site',
      'system: site\n    line: home',
      'checks.site-reach.line: there is no line "home"; known: office',
    ],
    [
      'five fields',
      '*/30 * * * * *',
      '*/30 * * * *',
      'checks.site-reach.schedule: expected a cron expression of six fields, seconds first, ' +
        'such as "*/15 * * * * *"; found "*/30 * * * *"',
    ],
    [
      'an impossible field',
      '*/30 * * * * *',
      '0 61 * * * *',
      'checks.site-reach.schedule: 61 is a invalid expression for minute',
    ],
    [
      'an unknown zone',
      'deadline: 10s',
      'deadline: 10s\n    zone: Asia/Bejing',
      'checks.site-reach.zone: expected an IANA time zone, such as Asia/Shanghai; found ' +
        '"Asia/Bejing"',
    ],
    [
      'too long a deadline',
      'deadline: 10s',
      'deadline: 31s',
      'checks.site-reach.deadline: is longer than the shortest distance between two slots of ' +
        'the schedule, 30s',
    ],
    [
      'a function the driver lacks',
      'function: reach',
      'function: verify',
      'checks.site-reach.function: the driver of this system does not measure "verify"; ' +
        'known: reach',
    ],
    [
      'an option that has another name now',
      'deadline: 10s',
      'deadline: 10s\n    options: { min_bytes: 100 }',
      'checks.site-reach.options.min_bytes: is now min_text, which counts the characters ' +
        'that are shown',
    ],
    [
      'a word among statuses',
      'deadline: 10s',
      'deadline: 10s\n    options: { status: [200, ok] }',
      'checks.site-reach.options.status: expected a status, or a list of statuses',
    ],
    [
      'an option the driver lacks',
      'deadline: 10s',
      'deadline: 10s\n    options: { pth: / }',
      'checks.site-reach.options.pth: is not a known key; did you mean "path"?',
    ],
    [
      'a setting of a driver that takes none',
      '    url: https://site.example.org',
      '    url: https://site.example.org\n    settings: { method: POST }',
      'systems.site.settings.method: is not a known key',
    ],
    [
      'a written secret',
      '{ env: SECRET }',
      'hush',
      'systems.shop.settings.client_secret: is a secret; expected {env: NAME} or {file: PATH} ' +
        'instead of the secret',
    ],
    [
      'a secret that is not set',
      'env: SECRET',
      'env: SECERT',
      'systems.shop.settings.client_secret: the environment variable SECERT is not set',
    ],
    [
      'writing to production',
      'environment: sandbox',
      'environment: production',
      'checks.shop-upload.function: "upload" writes, and shop is production; it is measured ' +
        'on a simulator or a sandbox only',
    ],
    [
      'writing to a known production host',
      'https://sandbox.example.org',
      'https://gw-api.pinduoduo.com',
      'checks.shop-upload.function: gw-api.pinduoduo.com is a production system ' +
        '(pinduoduo.com); made-up invoices are never written there',
    ],
    [
      'a path outside the simulators',
      'https://site.example.org',
      '/site',
      'systems.site.url: a path is a place on the simulators, so the environment must be ' +
        'simulator; expected an http or https address',
    ],
    [
      'credentials in an address',
      'https://site.example.org',
      'https://a:b@site.example.org',
      'systems.site.url: expected an http or https address without user, query, fragment or ' +
        'trailing slash (or, for a simulator, a path); found "https://a:b@site.example.org"',
    ],
    [
      'an id with a dot',
      '  site:\n',
      '  si.te:\n',
      'systems.si.te: expected an id of lower-case letters, digits and hyphens that starts ' +
        'with a letter, at most 63 characters',
    ],
    ['a duplicate key', '  site-reach:\n', '  shop-upload:\n', 'Map keys must be unique'],
    [
      'an unknown section',
      'lines:',
      'polices: {}\nlines:',
      'polices: is not a known key; did you mean "policies"?',
    ],
    [
      'a task about nothing',
      'systems:\n',
      'tasks: { t: { name: { zh-CN: 查, en: q }, components: [site.raech] } }\nsystems:\n',
      'tasks.t.components.0: no check measures "site.raech"; did you mean "site.reach"?',
    ],
    [
      'a dependency on nothing',
      'systems:\n',
      'depends_on: { site.reach: [shop.uplaod] }\nsystems:\n',
      'depends_on.site.reach.0: no check measures "shop.uplaod"; did you mean "shop.upload"?',
    ],
    [
      'dependencies of nothing',
      'systems:\n',
      'depends_on: { site.raech: [shop.upload] }\nsystems:\n',
      'depends_on.site.raech: no check measures "site.raech"; did you mean "site.reach"?',
    ],
    [
      'an empty dependency',
      'systems:\n',
      'depends_on: { site.reach: [] }\nsystems:\n',
      'depends_on.site.reach: expected at least one component',
    ],
    [
      'what depends on itself',
      'systems:\n',
      'depends_on: { site.reach: [site.reach] }\nsystems:\n',
      'depends_on.site.reach: depends on itself; expected no circle',
    ],
    [
      'a policy for nothing',
      'systems:\n',
      'policies: { site.query: { slow: 1s } }\nsystems:\n',
      'policies.site.query: no check measures "site.query"; known: default, shop.upload, ' +
        'site.reach',
    ],
    [
      'a policy that cannot be',
      'systems:\n',
      'policies: { site.reach: { slow_after: 6 } }\nsystems:\n',
      'policies.site.reach.slow_after: 6 slow results of the last 5 can never be; expected ' +
        'slow_after up to slow_window',
    ],
    [
      'a neutral host asked for more',
      '    driver: pinduoduo\n',
      '    driver: pinduoduo\n    neutral: true\n',
      'checks.shop-upload.function: a neutral host is only reached; expected reach',
    ],
  ])('names %s', (_, from, to, problem) => {
    expect(problems(changed(from, to))).toContain(problem);
  });

  it.each([
    ['overdue_after', 'an invoice would be lost before it is overdue'],
    ['visible_within', 'an invoice would be lost before its promise has passed'],
    ['stalled_after', 'those that wait would be lost before a stall is told'],
  ])('%s of a sync is as long as lost_after', (key, never) => {
    const policies = `policies: { default: { lost_after: 48h, ${key}: 48h } }\n`;
    expect(problems(changed('systems:\n', `${policies}systems:\n`))).toContain(
      `policies.default.${key}: is not below lost_after, so that ${never}; expected ${key} ` +
        'below lost_after',
    );
    const shorter = policies.replace(`${key}: 48h`, `${key}: 47h`);
    expect(problems(changed('systems:\n', `${shorter}systems:\n`))).toEqual([]);
  });

  it('never repeats a secret', () => {
    const text = changed('{ env: SECRET }', 'hush-hush').replace('client_id: a', 'client_id: 5');
    expect(problems(text).join('\n')).not.toMatch(/hush|found 5/);
  });

  it.each([
    ['nothing', ''],
    ['a list', '- a\n- b\n'],
    ['a word', 'hello'],
  ])('is %s', (_, text) => {
    expect(problems(text)).toContain('page: is missing; expected object');
  });

  it('is a file that is not there, or an option that does not exist', () => {
    const load = (...argv: string[]) => loadConfiguration({ argv, env: {} });
    expect(() => load('--config', '/nowhere/my.yaml')).toThrow('there is no such file');
    expect(() => load('--confg', 'my.yaml')).toThrow(/--confg.*\nUsage: npm start/);
  });
});

describe('a hostile configuration', () => {
  it('may not grow by aliases', () => {
    const layers = Array.from({ length: 10 }, (_, i) => {
      const inside =
        i === 0
          ? 'x,x,x,x,x,x,x,x,x'
          : Array(9)
              .fill(`*a${i - 1}`)
              .join(',');
      return `a${i}: &a${i} [${inside}]`;
    });
    expect(problems(layers.join('\n')).join()).toContain('Excessive alias count');
  });

  it.each([
    ['D16: by an anchor and an alias for each key', 'k: &a x\n', 30_000, /more than 1000 anchors/],
    ['D16: by aliases of one anchor', 'k: *a\n', 30_000, /more than 1000 aliases/],
    ['D16: by brackets', '[', 300_000, /nested more than 50 deep/],
    ['D16: by braces', '{a: ', 100_000, /nested more than 50 deep/],
    ['D16: by the same key', 'k: x\n', 30_000, /keys must be unique/],
    ['D16: by what is no YAML', 'a: b: c\n', 5_000, /Nested mappings/],
  ])('may not grow %s', (_, text, times, expected) => {
    const began = performance.now();
    expect(problems(text.repeat(times)).join('\n')).toMatch(expected);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('D16: may have marks of YAML in its texts, and as many anchors as anybody needs', () => {
    const text = `'${'&a *b [ { '.repeat(2_000)}'`;
    const block = `|\n  ${'&a *b [ { '.repeat(2_000)}`;
    for (const it of [text, block]) {
      expect(problems(`x: ${it}\n${SOUND.replaceAll(/^\n/g, '')}`)).toEqual([
        expect.stringMatching(/^x: is not a known key/),
      ]);
    }
    const deep = `x: ${'['.repeat(50)}${']'.repeat(50)}\n${SOUND}`;
    expect(problems(deep)).toEqual([expect.stringMatching(/^x: is not a known key/)]);
  });

  function withChecks(count: number, check: string): string {
    const checks = Array.from({ length: count }, (_, i) => `  c${i}: ${check}\n`).join('');
    return SOUND.slice(0, SOUND.indexOf('checks:')).concat('checks:\n', checks);
  }

  it('D16: may have 10,000 checks, and not one more', () => {
    const check = "{ system: site, function: reach, schedule: '0 * * * * *', deadline: 5s }";
    expect(parse(withChecks(10_000, check)).checks).toHaveLength(10_000);
    expect(problems(withChecks(10_001, check))).toEqual([
      'checks: expected at most 10000 entries; found 10001',
    ]);
  });

  it('D16: with 9,000 faulty checks is told by its first problems, in a moment', () => {
    const began = performance.now();
    let told = '';
    try {
      parse(withChecks(9_000, '{ system: siet, functoin: reach }'));
    } catch (error) {
      told = (error as Error).message;
    }
    expect(performance.now() - began).toBeLessThan(20_000);
    const lines = told.split('\n');
    expect(lines[0]).toBe('my.yaml: at least 1000 problems; nothing was started.');
    expect(lines[1]).toMatch(/my\.yaml:\d+:\d+ {2}checks\.c0\./);
    expect(lines).toHaveLength(52);
    expect(lines.at(-1)).toBe('  and at least 950 more');
  });

  it('D16: lists 20 of the words that it knows', () => {
    const systems = Array.from({ length: 300 }, (_, i) => i + 100).map(
      (i) =>
        `  s${i}: { name: { zh-CN: 站, en: S }, driver: web, environment: production, ` +
        `url: https://s${i}.example.org }\n`,
    );
    const text = changed('systems:\n', `systems:\n${systems.join('')}`);
    expect(problems(text.replace('system: site', 'system: elsewhere'))).toEqual([
      expect.stringMatching(/there is no system "elsewhere"; known: (s\d+, ){19}s119 and 282 more/),
    ]);
  });

  it('may not be larger than a mebibyte', () => {
    expect(problems(`# ${'x'.repeat(1024 * 1024)}`)).toEqual(['is larger than 1024 KiB']);
  });

  it('may be any text: it is a configuration or a list of problems, never a crash', () => {
    const seed = 20_260_101;
    const random = createRandom(seed);
    const pick = (n: number) => Math.floor(random() * n);
    const junk = [
      '',
      ':',
      '\n',
      '  ',
      '{',
      ']',
      '*a',
      '&a ',
      '"',
      '0',
      'null',
      '!!js/x',
      '\u0000',
      '<<: ',
    ];
    for (let round = 0; round < 300; round++) {
      let text = DEMO;
      for (let cut = 0; cut <= pick(3); cut++) {
        const at = pick(text.length);
        text = text.slice(0, at) + junk[pick(junk.length)] + text.slice(at + pick(20));
      }
      expect(() => problems(text), `seed ${seed}, round ${round}`).not.toThrow();
    }
  });

  it('keeps its refusals refusals to work, not bugs', () => {
    expect(() => parse('')).toThrow(UnrecoverableError);
  });
});
