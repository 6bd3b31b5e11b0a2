import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SmtpSettings } from '../../channels/email/settings.ts';
import { createSmtpTransport } from '../../channels/email/smtp.ts';
import { createWords } from '../../messages/catalogue.ts';
import { ownDetailText } from '../../messages/own-detail.ts';
import { issuedChain, selfSigned } from '../probes/certificates.ts';
import { startSmtpServer } from './smtp-server.ts';

const NEXT_YEAR = new Date(Date.now() + 365 * 86_400_000);
const MAIL = {
  from: { name: 'Status', address: 'status@example.org' },
  to: 'ops@example.org',
  subject: 'test',
  text: 'test',
  html: '<p>test',
  messageId: '<1@example.org>',
  references: '<1@example.org>',
  date: new Date('2026-01-05T01:00:00Z'),
  headers: {},
};

function deliver(port: number, ca?: string) {
  const settings = { host: '127.0.0.1', port, secure: false };
  return createSmtpTransport(ca === undefined ? settings : { ...settings, ca }).deliver(MAIL, '1');
}

it('R14: a mail server with a certificate of its own is trusted by `ca`', async () => {
  const tls = selfSigned(NEXT_YEAR);
  const { port, received } = await startSmtpServer({ tls });
  expect(await deliver(port)).toEqual({
    result: 'retry',
    error: `unknown_ca host=127.0.0.1:${port} set=notify.smtp.ca`,
    channel_fault: true,
  });
  expect(received).toEqual([]);
  expect(await deliver(port, tls.cert)).toEqual({ result: 'sent' });
  expect(received).toHaveLength(1);
});

it('R14: so is one of a private authority, and only by that authority', async () => {
  const { root, ...tls } = issuedChain(NEXT_YEAR, NEXT_YEAR);
  const { port } = await startSmtpServer({ tls });
  expect(await deliver(port)).toMatchObject({
    error: `unknown_ca host=127.0.0.1:${port} set=notify.smtp.ca`,
  });
  expect(await deliver(port, selfSigned(NEXT_YEAR).cert)).toMatchObject({ result: 'retry' });
  expect(await deliver(port, root)).toEqual({ result: 'sent' });
});

/** A server of TLS alone, by an address of this machine that is in no certificate. */
async function startTls(expires_at = NEXT_YEAR, host = '127.0.0.1') {
  const tls = selfSigned(expires_at);
  const server = createTlsServer(tls, (socket) => {
    socket.on('error', () => {});
    socket.end('220 x ESMTP\r\n');
  });
  server.on('tlsClientError', () => {});
  await once(server.listen(0, host), 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, ca: tls.cert, host };
}

/** A server that says this to AUTH and to STARTTLS. */
async function startAnswering(answers: { auth: string; starttls: string }, host = '127.0.0.1') {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('220 x ESMTP\r\n');
    socket.on('data', (chunk) => {
      const said = String(chunk);
      if (said.startsWith('EHLO')) socket.write('250-x\r\n250 AUTH PLAIN LOGIN\r\n');
      else if (said.startsWith('STARTTLS')) socket.write(`${answers.starttls}\r\n`);
      else if (said.startsWith('AUTH')) socket.write(`${answers.auth}\r\n`);
      else socket.end('221 bye\r\n');
    });
  });
  await once(server.listen(0, host), 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, host };
}

/** Why a mail and a check of the channel fail: the same. */
async function whyNot(settings: SmtpSettings): Promise<string | null> {
  const transport = createSmtpTransport(settings);
  const outcome = await transport.deliver(MAIL, '1');
  const reached = await transport.reach?.();
  expect(outcome).toMatchObject({ result: 'retry', channel_fault: true, error: reached?.why });
  return reached?.why ?? null;
}

describe('T12: why there is no mail, in a word of ours', () => {
  const LOGIN = { user: 'me', password: 'hush' };
  const ANSWERS = { auth: '535 5.7.8 bad', starttls: '502 no' };

  it('a closed port', async () => {
    const { port, stop } = await startSmtpServer();
    await stop();
    const why = await whyNot({ host: '127.0.0.1', port, secure: false });
    expect(why).toBe(`refused host=127.0.0.1:${port} set=notify.smtp.port`);
  });

  it('a name that nobody knows', async () => {
    const why = await whyNot({ host: 'mail.nowhere.invalid', port: 587, secure: false });
    expect(why).toBe('no_name host=mail.nowhere.invalid:587 set=notify.smtp.host');
  });

  it('a certificate for another name, of a trusted authority', async () => {
    const { port, host, ca } = await startTls(NEXT_YEAR, '127.0.0.2');
    const why = await whyNot({ host, port, ca, secure: true });
    expect(why).toBe(`wrong_name host=127.0.0.2:${port} set=notify.smtp.host`);
  });

  it('a certificate that has expired', async () => {
    const { port, host, ca } = await startTls(new Date(Date.now() - 86_400_000));
    const why = await whyNot({ host, port, ca, secure: true });
    expect(why).toBe(`expired_certificate host=127.0.0.1:${port} set=notify.smtp.host`);
  });

  it('TLS at once where the server speaks in clear', async () => {
    const { port, host } = await startAnswering(ANSWERS);
    const why = await whyNot({ host, port, secure: true });
    expect(why).toBe(`bad_tls host=127.0.0.1:${port} set=notify.smtp.secure`);
  });

  it('a refused password', async () => {
    const { port, host } = await startAnswering(ANSWERS);
    const why = await whyNot({ host, port, secure: false, ...LOGIN });
    expect(why).toBe(`refused_login host=127.0.0.1:${port} set=notify.smtp.password`);
  });

  it('no STARTTLS, so that the password would go in clear', async () => {
    const { port, host } = await startAnswering(ANSWERS, '127.0.0.2');
    const why = await whyNot({ host, port, secure: false, ...LOGIN });
    expect(why).toBe(`no_starttls host=127.0.0.2:${port} set=notify.smtp.secure`);
  });

  it('nothing, where it works', async () => {
    const { port } = await startSmtpServer();
    const transport = createSmtpTransport({ host: '127.0.0.1', port, secure: false });
    expect(await transport.reach?.()).toEqual({ host: `127.0.0.1:${port}`, why: null });
  });
});

it.each([
  ['zh-CN', 'mail.example.org:25：证书的颁发机构不受信任，请用 notify.smtp.ca 加上它的证书'],
  ['en', 'The certificate of mail.example.org:25 is from an authority that is not trusted: add'],
  ['ja', 'mail.example.org:25：証明書の認証局が信頼されていません。'],
] as const)('T12: an alert of the channel says so in %s', (locale, said) => {
  const words = createWords({ locale, zone: 'Asia/Shanghai', now: () => 0 });
  const error = 'unknown_ca host=mail.example.org:25 set=notify.smtp.ca';
  expect(ownDetailText(error, words)).toContain(said);
});
