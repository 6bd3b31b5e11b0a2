import { expect, it } from 'vitest';
import { createSmtpTransport } from '../../channels/email/smtp.ts';
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
    error: 'ESOCKET at CONN: DEPTH_ZERO_SELF_SIGNED_CERT (trust its authority with notify.smtp.ca)',
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
    error: expect.stringContaining('SELF_SIGNED_CERT_IN_CHAIN (trust its authority'),
  });
  expect(await deliver(port, selfSigned(NEXT_YEAR).cert)).toMatchObject({ result: 'retry' });
  expect(await deliver(port, root)).toEqual({ result: 'sent' });
});

it('says why there is no connection', async () => {
  const { port, stop } = await startSmtpServer();
  await stop();
  expect(await deliver(port)).toMatchObject({ error: 'ESOCKET at CONN: ECONNREFUSED' });
});
