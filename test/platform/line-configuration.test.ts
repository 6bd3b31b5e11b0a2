import { describe, expect, it } from 'vitest';
import { UnrecoverableError } from '../../platform/unrecoverable.ts';
import { lineAdvice } from '../../probes/line/advice.ts';
import { parseText } from './parsed-text.ts';

const OFFICE = '  office: { name: { zh-CN: 办公室, en: Office } }\n';

const system = (id: string, url: string, neutral = false) =>
  `  ${id}: { name: { zh-CN: x, en: x }, driver: web, environment: production, url: ${url}` +
  `${neutral ? ', neutral: true' : ''} }\n`;
const check = (id: string) =>
  `  ${id}-reach: { system: ${id}, line: office, function: reach, ` +
  "schedule: '0 * * * * *', deadline: 5s }\n";

function parse({ lines = OFFICE, neutrals = [] as string[], unchecked = false }) {
  const ids = neutrals.map((_, n) => `n${n}`);
  const systems = neutrals.map((url, n) => system(`n${n}`, url, true));
  const text = [
    'page:\n  operator: { zh-CN: T, en: T }\n  title: { zh-CN: T, en: T }\n',
    '  public_url: https://status.example.org\n  contact: ops@example.org\n',
    `lines:\n${lines}`,
    `systems:\n${system('erp', 'https://erp.example.org')}${systems.join('')}`,
    `checks:\n${check('erp')}${unchecked ? '' : ids.map(check).join('')}`,
  ].join('');
  return parseText(text, { env: {} });
}

function problems(lines: string): string {
  try {
    parse({ lines });
    return 'accepted';
  } catch (error) {
    // Exit code 2.
    expect(error).toBeInstanceOf(UnrecoverableError);
    return (error as Error).message;
  }
}

describe('W12: lines that nobody measures from', () => {
  const second = '  unicom: { name: { zh-CN: 联通, en: Unicom } }\n';
  const third = '  cloud: { name: { zh-CN: 云, en: Cloud } }\n';
  it('are refused', () => {
    const told = problems(OFFICE + second + third);
    expect(told).toContain('lines.unicom: nobody measures from this line');
    expect(told).toContain('lines.cloud: nobody measures from this line');
    expect(told).not.toContain('lines.office');
  });

  it('one line is one', () => {
    expect(problems(OFFICE)).toBe('accepted');
  });
});

describe('how the addresses of a system are asked for', () => {
  const told = (options: string, line = '', url = 'https://erp.example.org') => {
    const text = [
      'page:\n  operator: { zh-CN: T, en: T }\n  title: { zh-CN: T, en: T }\n',
      '  public_url: https://status.example.org\n  contact: ops@example.org\n',
      `lines:\n  office: { name: { zh-CN: x, en: x }${line} }\n`,
      `systems:\n${system('erp', url)}checks:\n`,
      check('erp').replace('deadline: 5s', `deadline: 5s, options: ${options}`),
    ].join('');
    try {
      const { checks } = parseText(text, { env: {} });
      return JSON.stringify((checks[0] as { options?: object }).options);
    } catch (error) {
      expect(error).toBeInstanceOf(UnrecoverableError);
      return (error as Error).message;
    }
  };
  const proxy = ', proxy: "http://p.example:3128"';
  const six = '"https://[2001:db8::1]"';
  it.each([
    ['{ family: 6 }', '', undefined, '"family":6'],
    ['{ resolves_to: [203.0.113.0/24, "2001:db8::1"] }', '', undefined, '"203.0.113.0/24"'],
    ['{ family: 5 }', '', undefined, 'options.family: expected 4 or 6'],
    ['{ resolves_to: erp.example.org }', '', undefined, 'options.resolves_to: expected an address'],
    ['{ family: 4 }', proxy, undefined, 'options.family: the proxy of the line finds'],
    ['{ resolves_to: 10.0.0.1 }', proxy, undefined, 'options.resolves_to: the proxy of the line'],
    ['{ family: 4 }', '', six, 'options.family: the address of the system is of IPv6'],
    ['{ family: 6 }', '', six, '"family":6'],
  ])('%s%s of %s', (options, line, url, said) => {
    expect(told(options, line, url)).toContain(said);
  });
});

describe('domains', () => {
  const told = (domains: string) => {
    try {
      return JSON.stringify(parse({ lines: `${OFFICE}domains:\n  ${domains}\n` }).domains);
    } catch (error) {
      expect(error).toBeInstanceOf(UnrecoverableError);
      return (error as Error).message;
    }
  };
  it.each([
    [
      "example.com: { rdap: 'https://rdap.example/domain/{domain}' }",
      '[{"name":"example.com","rdap":"https://rdap.example/domain/example.com"}]',
    ],
    ["example.com: { rdap: 'http://rdap.example/{domain}' }", 'rdap: expected an https address'],
    ['example.com: {}', 'domains.example.com.rdap: is missing'],
    ["Example.COM: { rdap: 'https://rdap.example/' }", 'expected the name of a domain'],
    ["com: { rdap: 'https://rdap.example/' }", 'expected the name of a domain'],
    ["'例子.中国': { rdap: 'https://rdap.example/' }", 'expected the name of a domain'],
  ])('%s', (domains, said) => {
    expect(told(domains)).toContain(said);
  });

  it('are none where none are configured', () => {
    expect(parse({}).domains).toBeUndefined();
  });
});

describe('control_name', () => {
  const line = (name: string) =>
    `  office: { name: { zh-CN: 办公室, en: Office }, control_name: ${name} }\n`;
  it.each(['www.example.com', 'a.b-c.example', 'xn--fiqs8s.xn--fiqs8s'])('%s', (name) => {
    expect(parse({ lines: line(name) }).lines[0]).toMatchObject({ control_name: name });
  });

  it.each(['localhost', '192.0.2.1', 'https://example.com', '"发票.example"', '"a..b"', '"a.b."'])(
    '%s is refused',
    (name) => {
      expect(problems(line(name))).toContain('control_name: expected the name of a host');
    },
  );

  it('is absent unless given', () => {
    expect(parse({}).lines[0]).not.toHaveProperty('control_name');
  });
});

describe('two neutral hosts are asked for', () => {
  it.each([
    [[], 'Neutral hosts: 0.'],
    [['https://a.example'], 'Neutral hosts: 1.'],
    [['https://a.example.com', 'https://b.example.com'], 'Neutral hosts: 2 of one owner.'],
  ])('%j: %s', (neutrals, words) => {
    expect(lineAdvice(parse({ neutrals }))).toContain(words);
  });

  it('unless there are', () => {
    const neutrals = ['https://www.example.com', 'https://www.example.org'];
    expect(lineAdvice(parse({ neutrals }))).toBeNull();
    // A host that no check asks is not measured at all.
    expect(lineAdvice(parse({ neutrals, unchecked: true }))).toContain('Neutral hosts: 0.');
  });
});
