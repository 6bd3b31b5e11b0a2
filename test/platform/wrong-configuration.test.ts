import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../platform/config/load.ts';
import { parseText, problemsIn, SOUND, soundWith } from './parsed-text.ts';

describe('a configuration that is wrong', () => {
  it('tells everything at once, with line and column, in the order of the file', () => {
    const text = SOUND.replace('zh-CN: 办', 'zh-TW: 辦')
      .replace('driver: web', 'driver: webb')
      .replace('deadline: 5s', 'deadline: 5')
      .replace('function: reach', 'functoin: reach');
    expect(() => parseText(text)).toThrow(
      [
        'my.yaml: 6 problems; nothing was started.',
        '  my.yaml:8:19  lines.office.name.zh-CN: is missing; expected string',
        '  my.yaml:8:21  lines.office.name.zh-TW: is not a known key; did you mean "zh-CN"?',
        '  my.yaml:18:13  systems.site.driver: there is no driver "webb"; did you mean "web"?',
        '  my.yaml:26:15  checks.shop-upload.deadline: expected a duration with its unit, ' +
          'such as 1500ms, 15s, 10m, 24h or 7d; found 5',
        '  my.yaml:28:5  checks.site-reach.function: is missing; expected one of login, ' +
          'apply, issue, upload, review, query, sync, download, deliver, verify, api, reach',
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
    expect(problemsIn(soundWith(from, to))).toContain(problem);
  });

  it.each([
    ['overdue_after', 'an invoice would be lost before it is overdue'],
    ['visible_within', 'an invoice would be lost before its promise has passed'],
    ['stalled_after', 'those that wait would be lost before a stall is told'],
  ])('%s of a sync is as long as lost_after', (key, never) => {
    const policies = `policies: { default: { lost_after: 48h, ${key}: 48h } }\n`;
    expect(problemsIn(soundWith('systems:\n', `${policies}systems:\n`))).toContain(
      `policies.default.${key}: is not below lost_after, so that ${never}; expected ${key} ` +
        'below lost_after',
    );
    const shorter = policies.replace(`${key}: 48h`, `${key}: 47h`);
    expect(problemsIn(soundWith('systems:\n', `${shorter}systems:\n`))).toEqual([]);
  });

  it('never repeats a secret', () => {
    const text = soundWith('{ env: SECRET }', 'hush-hush').replace('client_id: a', 'client_id: 5');
    expect(problemsIn(text).join('\n')).not.toMatch(/hush|found 5/);
  });

  it.each([
    ['nothing', ''],
    ['a list', '- a\n- b\n'],
    ['a word', 'hello'],
  ])('is %s', (_, text) => {
    expect(problemsIn(text)).toContain('page: is missing; expected object');
  });

  it('is a file that is not there, or an option that does not exist', () => {
    const load = (...argv: string[]) => loadConfiguration({ argv, env: {} });
    expect(() => load('--config', '/nowhere/my.yaml')).toThrow('there is no such file');
    expect(() => load('--confg', 'my.yaml')).toThrow(/--confg.*\nUsage: npm start/);
  });
});
