import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigurationError } from '../../platform/config/issues.ts';
import { parseConfiguration } from '../../platform/config/parse.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { CONFIGURATION_HEAD } from './configuration-head.ts';

const NUMBER = '26001234567890123456';
const PAGE_LINK = `https://dppt.example.org:8443/v/2_${NUMBER}_20260925120000123ab4cd`;
const FILE_LINK = 'https://files.example.org/hush/invoice.ofd?Signature=hush';

interface CheckParts {
  format?: string;
  link?: number;
  minutes?: number;
}

function site(links: string, checks: Record<string, CheckParts>, environment = 'production') {
  const entries = Object.entries(checks).map(([id, { format = 'pdf', link, minutes = 5 }]) => {
    const options = `{ format: ${format}${link === undefined ? '' : `, link: ${link}`} }`;
    const schedule = `'0 */${minutes} * * * *'`;
    const common = 'system: bureau, function: download, deadline: 60s';
    return `  ${id}: { ${common}, schedule: ${schedule}, options: ${options} }`;
  });
  return `${CONFIGURATION_HEAD}  bureau:
    name: { zh-CN: 税局, en: Bureau }
    driver: dppt
    environment: ${environment}
    url: https://dppt.example.org:8443
    settings: { links: ${links} }
checks:
${entries.join('\n')}
`;
}

function parse(text: string, folder = '.', env = {}) {
  return parseConfiguration({
    text,
    file: join(folder, 'my.yaml'),
    demo: false,
    public_url: null,
    simulator_url: 'http://127.0.0.1:8090',
    env,
    drivers: SYSTEMS,
  });
}

function problems(text: string, env = {}): string[] {
  try {
    parse(text, '.', env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.message).not.toMatch(/hush|26001234567890123456/);
    return error.issues.map(({ path, message }) => `${path}: ${message}`);
  }
}

function linksOf({ systems: [system] }: ReturnType<typeof parse>): unknown {
  return system && (system.settings as { links: unknown }).links;
}

describe('delivery links', () => {
  it('are given as they were received, from the environment, or in a file, one a line', () => {
    const env = { LINK: PAGE_LINK };
    const folder = mkdtempSync(join(tmpdir(), 'piaokuang-links-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'links.txt'), `\ufeff${PAGE_LINK}\r\n${FILE_LINK}\r\n`);
    const check = { download: {} };
    expect(linksOf(parse(site(`['${PAGE_LINK}']`, check)))).toEqual([{ url: PAGE_LINK }]);
    expect(linksOf(parse(site('[{ env: LINK }]', check), '.', env))).toEqual([{ url: PAGE_LINK }]);
    expect(linksOf(parse(site('{ file: links.txt }', check), folder))).toEqual([
      { url: PAGE_LINK },
      { url: FILE_LINK },
    ]);
    const entry = `[{ url: { env: LINK }, number: '${NUMBER}', format: ofd }]`;
    expect(linksOf(parse(site(entry, check), '.', env))).toEqual([
      { url: PAGE_LINK, number: NUMBER, format: 'ofd' },
    ]);
  });

  it.each([
    ['[]', 'bureau.settings.links: expected at least one delivery link'],
    ["['http://hush.example.org/a.pdf']", 'links.0.url: must be a delivery link, an https address'],
    ["['https://hush:hush@files.example.org/a.pdf']", 'links.0.url: must be a delivery link'],
    ["['hush']", 'links.0.url: must be a delivery link'],
    [
      "[{ url: 'https://files.example.org/hush.pdf', number: '123' }]",
      'links.0.number: must be the 20 digits of a 数电票 number',
    ],
    [
      "['https://hush.example.org/a.pdf', { url: 'https://HUSH.example.org/a.pdf' }]",
      'settings.links: contains a link twice',
    ],
    ['[5]', 'links.0: expected a delivery link, or {url, number, format}'],
    ['[{ env: NOT_SET }]', 'links.0: the environment variable NOT_SET is not set'],
  ])('are not %s, and nothing repeats them', (links, problem) => {
    expect(problems(site(links, { download: {} })).join('\n')).toContain(problem);
  });

  it('are asked in a format that they deliver, by a position that there is', () => {
    const links = `['${FILE_LINK}', '${PAGE_LINK}']`;
    expect(problems(site(links, { a: { format: 'xml', link: 2 } }))).toEqual([]);
    expect(problems(site(links, { a: { format: 'ofd' } }))).toEqual([]);
    expect(problems(site(links, { a: { format: 'pdf' } }))).toEqual([
      'checks.a.options.format: is pdf, but the link delivers ofd; name the format of another link',
    ]);
    expect(problems(site(links, { a: { link: 3 } }))).toEqual([
      'checks.a.options.link: there are 2 links',
    ]);
  });
});

describe('a delivery link is asked at most every 5 minutes', () => {
  const links = `['${PAGE_LINK}', '${PAGE_LINK}5']`;
  const tooOften = (check: string, link: number, minutes: number, expected: string) =>
    `checks.${check}.schedule: asks link ${link} of bureau every ${minutes}m, but it may be ` +
    `asked every 5m, by all of its checks together; expected ${expected} or more between two slots`;

  it('by one check', () => {
    expect(problems(site(links, { a: { minutes: 5 } }))).toEqual([]);
    expect(problems(site(links, { a: { minutes: 4 } }))).toEqual([tooOften('a', 1, 4, '5m')]);
  });

  it('by all checks at it together', () => {
    const checks = { a: { minutes: 10 }, b: { minutes: 10, format: 'ofd' } };
    expect(problems(site(links, checks))).toEqual([]);
    expect(problems(site(links, { ...checks, c: { minutes: 15, format: 'xml' } }))).toEqual([
      tooOften('a', 1, 10, '15m'),
      tooOften('b', 1, 10, '15m'),
    ]);
    expect(problems(site(links, { ...checks, c: { link: 2 } }))).toEqual([]);
  });

  /** The same configuration with a second system of these links, asked by check b. */
  const twice = (first: string, second: string, minutes: number) => {
    const checks = { a: { minutes }, b: { minutes, format: 'ofd' } };
    const more = `  other: { name: { zh-CN: 局, en: O }, driver: dppt, environment: production,
    url: 'https://dppt.example.org:8443', settings: { links: ${second} } }`;
    return site(first, checks)
      .replace('\nchecks:', `\n${more}\nchecks:`)
      .replace('b: { system: bureau', 'b: { system: other');
  };

  const FILE = `https://dppt.example.org:8443/kpfw/exportDzfpwjEwm?Fphm=${NUMBER}`;

  it.each([
    ['the same', PAGE_LINK, PAGE_LINK],
    ['the same but for what follows #', PAGE_LINK, `${PAGE_LINK}#top`],
    ['the same in another format', `${FILE}&Wjgs=PDF&Jym=1`, `${FILE}&Jym=1&Wjgs=OFD`],
  ])('by several systems together: %s', (_, one, other) => {
    expect(problems(twice(`['${one}']`, `['${other}']`, 10))).toEqual([]);
    const [first, second] = problems(twice(`['${one}']`, `['${other}']`, 5));
    expect(first).toBe(
      tooOften('a', 1, 5, '10m').replace('together;', 'together (link 1 of other is the same);'),
    );
    expect(second).toContain('asks link 1 of other every 5m');
    expect(second).toContain('(link 1 of bureau is the same)');
  });

  it('but not by other links at its host', () => {
    expect(problems(twice(`['${PAGE_LINK}']`, `['${PAGE_LINK}5']`, 5))).toEqual([]);
    const signed = 'https://files.example.org/hush.pdf?Signature=';
    const ofd = `[{ url: '${signed}b', format: ofd }]`;
    expect(problems(twice(`['${signed}a']`, ofd, 5))).toEqual([]);
  });

  it('in a simulator as often as one likes', () => {
    expect(problems(site(links, { a: { minutes: 1 } }, 'simulator'))).toEqual([]);
  });
});
