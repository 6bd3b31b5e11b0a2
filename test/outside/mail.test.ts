import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test } from 'vitest';
import { createRender } from '../../notify/rendering/render.ts';
import { openSenders } from '../../notify/senders.ts';
import { anAlert, aSubscriber, configurationOf, NOTICE, SIGNER } from '../notify/samples.ts';
import { startNotifier } from '../notify/site.ts';
import { quiet } from '../platform/quiet.ts';
import { selfSigned } from '../probes/certificates.ts';
import { startPython } from './python.ts';

/**
 * Interface: mail. Outside: aiosmtpd, which wants STARTTLS and a password, and Python's own parser
 * of MIME, for which each defect is an error.
 */

interface ReadMail {
  tls: boolean;
  authenticated: boolean;
  to: string[];
  longest_line: number;
  is_ascii: boolean;
  bare_line_ends: number;
  defects: string[];
  type: string;
  headers: [name: string, value: string][];
  parts: { type: string; charset: string; text: string }[];
}

const LOGIN = { user: 'status@example.org', password: '密码 hush' };

async function startMailServer() {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-mail-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { key, cert } = selfSigned(new Date(Date.now() + 86_400_000));
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key);
  const { ready, events } = await startPython<{ port: number }, ReadMail>([
    ...['mail_server.py', files.cert, files.key],
    ...[LOGIN.user, LOGIN.password],
  ]);
  return { port: ready.port, ca: cert, received: events };
}

interface Recipients {
  languages: ('zh-CN' | 'en' | 'ja')[];
  login?: Partial<typeof LOGIN>;
}

/** A notifier that has told subscribers and an operator by this server. */
async function told(server: Awaited<ReturnType<typeof startMailServer>>, parts: Recipients) {
  const { port, ca } = server;
  const smtp = { host: '127.0.0.1', port, ca, ...LOGIN, ...parts.login };
  const configuration = configurationOf({ smtp });
  const render = createRender(configuration, SIGNER);
  const site = await startNotifier({
    senders: ({ clock }) => openSenders({ configuration, data_dir: '', render, clock, log: quiet }),
    operators: [{ channel: 'email', address: 'ops@example.org', locale: 'en', secret: null }],
    subscribers: parts.languages.map((locale) =>
      aSubscriber({ id: `mail-${locale}`, address: `${locale}@example.com`, locale }),
    ),
  });
  const notice = { ...NOTICE, id: 'alerted00000', kind: 'alert_opened', update: null } as const;
  await site.store.record({ alerts: [anAlert()], notices: [{ ...notice, ref: anAlert().id }] });
  await site.dispatch();
  return site;
}

const header = (mail: ReadMail | undefined, wanted: string) =>
  mail?.headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

test('mails are taken over TLS with the password, and have no defect', async () => {
  const server = await startMailServer();
  await told(server, { languages: ['zh-CN', 'en', 'ja'] });
  await expect.poll(() => server.received.length, { timeout: 60_000 }).toBe(4);
  for (const mail of server.received) {
    expect(mail).toMatchObject({ defects: [], tls: true, authenticated: true, bare_line_ends: 0 });
    // RFC 5322: at most 998 characters; what is not ASCII is encoded, as not every server takes it.
    expect(mail.longest_line).toBeLessThanOrEqual(998);
    expect(mail.is_ascii).toBe(true);
    expect(mail.type).toBe('multipart/alternative');
    expect(mail.parts.map(({ type, charset }) => [type, charset])).toEqual([
      ['text/plain', 'utf-8'],
      ['text/html', 'utf-8'],
    ]);
  }
  const [chinese] = server.received.filter(({ to }) => to.includes('zh-CN@example.com'));
  expect(header(chinese, 'subject')).toBe('【持续中】北京电子发票（模拟）：下载中断');
  expect(header(chinese, 'from')).toBe('电子发票系统状态 <status@example.org>');
  for (const { text } of chinese?.parts ?? []) expect(text).toContain('下载：正常 → 中断');
});

test('a wrong password sends nothing, and is told as such', async () => {
  const server = await startMailServer();
  const { entries } = await told(server, { languages: ['en'], login: { password: 'wrong' } });
  expect(server.received).toEqual([]);
  expect(entries.find(({ msg }) => msg === 'delivery not sent')).toMatchObject({
    status: 'retry',
    error: `refused_login host=127.0.0.1:${server.port} set=notify.smtp.password`,
  });
});

test.each([
  ['a part that is never closed', 'multipart/mixed; boundary=x', '--x\r\n\r\nhalf'],
  ['a charset that nobody knows', 'text/plain; charset=x-none', 'text'],
  ['base64 that is none', 'text/plain\r\nContent-Transfer-Encoding: base64', 'a*b'],
])('the reader itself tells of %s', async (_, type, body) => {
  const { port, ca, received } = await startMailServer();
  const auth = { user: LOGIN.user, pass: LOGIN.password };
  const transport = createTransport({ host: '127.0.0.1', port, tls: { ca }, auth });
  const raw = `Content-Type: ${type}\r\nMIME-Version: 1.0\r\n\r\n${body}`;
  await transport.sendMail({ raw, envelope: { from: 'a@example.org', to: ['b@example.org'] } });
  await expect.poll(() => received.length, { timeout: 60_000 }).toBe(1);
  expect(received[0]?.defects).toHaveLength(1);
});
