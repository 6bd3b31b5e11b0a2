import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CHANNELS } from '../../channels/index.ts';
import { loadConfiguration } from '../../platform/config/load.ts';
import { UnrecoverableError } from '../../platform/unrecoverable.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { issuedChain, selfSigned } from '../probes/certificates.ts';

const SITE = `# 配置
page:
  operator: { zh-CN: 示例公司信息部, en: T }
  title: { zh-CN: 电子发票系统状态, en: T }
  public_url: https://status.example.org
  contact: ops@example.org
lines:
  office: { name: { zh-CN: 办公室, en: Office } }
systems:
  erp:
    name: { zh-CN: 财务系统, en: ERP }
    driver: web
    environment: production
    url: https://erp.example.org
checks:
  erp-reach: { system: erp, function: reach, schedule: '*/30 * * * * *', deadline: 10s }
`;

/** Loads a file with these bytes, beside files with these contents. */
function load(bytes: string | Buffer, files: Record<string, string | Buffer> = {}, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const file = join(folder, 'my.yaml');
  writeFileSync(file, bytes);
  const options = { drivers: SYSTEMS, channels: CHANNELS, notifier: true };
  return loadConfiguration({ argv: ['--config', file], env, ...options });
}

/** The lines of the refusal, without the folder. */
function refusal(...parts: Parameters<typeof load>): string {
  try {
    load(...parts);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof UnrecoverableError)) throw error;
    return error.message.replace(/\S*my\.yaml/g, 'my.yaml');
  }
}

/** 办公室 and what precedes it, as Notepad saves it in GBK; the rest of the site is ASCII. */
const GBK_NAME = Buffer.from('b0ecb9abcad2', 'hex');

function withBytes(text: string, marker: string, bytes: Buffer): Buffer {
  const [before = '', after = ''] = text.split(marker);
  return Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);
}

describe('R15: a configuration in UTF-8', () => {
  it('may begin with a byte order mark', () => {
    expect(load(`\ufeff${SITE}`)).toEqual(load(SITE));
  });

  it('is asked for where a line is in GBK, by the line and column', () => {
    const gbk = withBytes(SITE, '办公室', GBK_NAME);
    expect(refusal(gbk)).toBe(
      'my.yaml: 1 problem; nothing was started.\n' +
        '  my.yaml:8:28  is not UTF-8 but, it seems, GBK; save the file as UTF-8 ' +
        '(Notepad: Save as, Encoding UTF-8)',
    );
  });

  it('is asked for where only a comment is in GBK, even one that is nearly UTF-8', () => {
    // 联通 in GBK, which Notepad itself once took for UTF-8.
    const comment = withBytes(SITE, '配置', Buffer.from('c1aacda8', 'hex'));
    expect(refusal(comment)).toContain('my.yaml:1:3  is not UTF-8');
  });

  it.each([
    ['with a mark', Buffer.from(`\ufeff${SITE}`, 'utf16le')],
    ['in the other order', Buffer.from(`\ufeff${SITE}`, 'utf16le').swap16()],
    ['without a mark', Buffer.from(SITE, 'utf16le')],
  ])('is asked for where it is UTF-16 %s', (_, bytes) => {
    expect(refusal(bytes)).toContain('my.yaml:1:1  is UTF-16; save the file as UTF-8');
  });

  it('is asked for where the bytes are of no encoding that we know', () => {
    const broken = withBytes(SITE, '办公室', Buffer.from([0xff, 0xff]));
    expect(refusal(broken)).toContain('my.yaml:8:28  is not UTF-8 but, it seems, another encoding');
  });

  it('is asked for in the files that it refers to, too', () => {
    const text = SITE.replace('环境', '').replace(
      'lines:\n  office: {',
      'lines:\n  office: { proxy: { file: proxy.txt },',
    );
    const address = 'http://me:hush@proxy.example.org:3128';
    const proxyOf = (bytes: string | Buffer) => load(text, { 'proxy.txt': bytes }).lines[0]?.proxy;
    expect(proxyOf(`\ufeff${address}\r\n`)).toBe(address);
    // What `echo … > proxy.txt` writes in Windows PowerShell.
    const wide = Buffer.from(`\ufeff${address}\r\n`, 'utf16le');
    expect(refusal(text, { 'proxy.txt': wide })).toContain(
      'lines.office.proxy: the file proxy.txt is UTF-16; save the file as UTF-8',
    );
  });
});

describe('the proxy of a line', () => {
  const withProxy = (proxy: string) => SITE.replace('office: {', `office: { proxy: ${proxy},`);

  it.each(['http://proxy.example.org:3128', 'http://10.0.0.1:8080', 'http://[fd00::1]:8080'])(
    'is %s',
    (proxy) => {
      expect(load(withProxy(`'${proxy}'`)).lines[0]?.proxy).toBe(proxy);
    },
  );

  it('has its password from the environment', () => {
    const proxy = 'http://me:hu%40sh@proxy.example.org:3128';
    const { lines } = load(withProxy('{ env: PROXY }'), {}, { PROXY: proxy });
    expect(lines[0]?.proxy).toBe(proxy);
  });

  it('is none unless it is given', () => {
    expect(load(SITE).lines[0]?.proxy).toBeNull();
  });

  it.each([
    ["'http://me:hush@proxy.example.org:3128'", 'contains credentials; expected {env: NAME}'],
    ["'socks5://hush:1080'", 'expected the address of an HTTP proxy, http://host:port'],
    ["'https://hush:443'", 'expected the address of an HTTP proxy'],
    ["'http://hush.example.org'", 'expected the address of an HTTP proxy'],
    ["'http://hush.example.org:3128/pac'", 'expected the address of an HTTP proxy'],
    ["'http://hush.example.org:99999'", 'expected the address of an HTTP proxy'],
    ['{ env: NOT_SET }', 'the environment variable NOT_SET is not set'],
    ['{ env: HUSH }', 'expected the address of an HTTP proxy'],
    ['5', 'expected a text, {env: NAME} or {file: PATH}'],
  ])('is not %s, and nothing repeats it', (proxy, problem) => {
    const message = refusal(withProxy(proxy), {}, { HUSH: 'hush-hush' });
    expect(message).toContain(`lines.office.proxy: ${problem}`);
    expect(message).not.toMatch(/hush/);
  });
});

describe('R14: private authorities', () => {
  let pem: string;
  let bundle: string;
  beforeAll(() => {
    const next_year = new Date(Date.now() + 365 * 86_400_000);
    pem = selfSigned(next_year).cert;
    bundle = `Company root\n${issuedChain(next_year, next_year).cert}`;
  });
  const withCa = (ca: string) => SITE.replace('driver: web', `driver: web\n    ca: ${ca}`);
  const inline = () => `|\n${pem.replace(/^/gm, '      ').trimEnd()}`;

  it('of a system are given in a file, inline or in the environment', () => {
    const of = (...parts: Parameters<typeof load>) => load(...parts).systems[0]?.ca?.trimEnd();
    expect(of(withCa('{ file: root.pem }'), { 'root.pem': pem })).toBe(pem.trimEnd());
    expect(of(withCa(inline()))).toBe(pem.trimEnd());
    expect(of(withCa('{ env: ROOT }'), {}, { ROOT: pem })).toBe(pem.trimEnd());
    expect(of(withCa('{ file: all.pem }'), { 'all.pem': bundle })).toContain('Company root');
    expect(of(SITE)).toBeUndefined();
  });

  it.each<[string, Buffer | string, string]>([
    ['empty', '', 'the file root.pem is empty or larger than 1 MiB'],
    ['a note', 'see the intranet', 'expected certificates in PEM (-----BEGIN CERTIFICATE-----)'],
    [
      'a key',
      '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
      'expected certificates',
    ],
    [
      'DER',
      Buffer.from('308201f130820197', 'hex'),
      'the file root.pem is binary; expected certificates in PEM',
    ],
    [
      'cut',
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      'certificate 1 of 1 cannot be read',
    ],
  ])('are not a file that is %s', (_, content, problem) => {
    const message = refusal(withCa('{ file: root.pem }'), { 'root.pem': content });
    expect(message).toContain(`systems.erp.ca: ${problem}`);
  });

  it('of the mail server likewise', () => {
    const smtp = (ca: string) =>
      `${SITE}notify:\n  from: a@example.org\n  smtp: { host: mail.example.org, ca: ${ca} }\n`;
    const { channels } = load(smtp('{ file: root.pem }'), { 'root.pem': pem }).notify;
    expect(channels.email).toMatchObject({ smtp: { ca: pem.trimEnd() } });
    expect(refusal(smtp('nothing'))).toContain('notify.smtp.ca: expected certificates in PEM');
    expect(refusal(smtp('5'))).toContain('notify.smtp.ca: expected the certificates');
  });
});

describe('T7: the address of what to do', () => {
  const withRunbook = (value: string) =>
    SITE.replace('\nchecks:', `\n    runbook: ${value}\nchecks:`);

  it.each([
    ['https://wiki.example.org/e?x=1#a', 'https://wiki.example.org/e?x=1#a'],
    ['{ reach: https://wiki.example.org/e }', { reach: 'https://wiki.example.org/e' }],
  ])('%s', (value, read) => {
    expect(load(withRunbook(value)).systems[0]?.runbook).toEqual(read);
  });

  it.each([
    'http://wiki.example.org/e',
    'https://me:hush@wiki.example.org/',
    'javascript:alert(1)',
    '{ reach: no address }',
    '{ fly: https://wiki.example.org/e }',
  ])('refused: %s', (value) => {
    expect(refusal(withRunbook(value))).toContain('systems.erp.runbook');
  });
});
