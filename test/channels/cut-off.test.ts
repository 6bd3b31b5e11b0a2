import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createSmtpTransport } from '../../channels/email/smtp.ts';
import { SECOND } from '../../model/time.ts';

/** What a command is answered (RFC 5321), and how the text ends. */
const ANSWERS: Record<string, string> = {
  EHLO: '250 mail.example',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
};
const END_OF_TEXT = '\r\n.\r\n';

type Cut = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'text';

/** A mail server that goes on until there, and then says nothing more or hangs up. */
async function serverUntil(cut: Cut, end: (socket: Socket) => void) {
  const server = createServer((socket) => {
    let in_text = false;
    let text = '';
    socket.on('error', () => {});
    if (cut === 'greeting') return end(socket);
    socket.write('220 mail.example\r\n');
    socket.on('data', (chunk: Buffer) => {
      if (in_text) {
        text += chunk.toString();
        if (text.endsWith(END_OF_TEXT)) end(socket);
        return;
      }
      const command = chunk.toString().slice(0, 4);
      if (command === cut) return end(socket);
      in_text = command === 'DATA';
      socket.write(`${ANSWERS[command]}\r\n`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const MAIL = {
  from: { name: 'Status', address: 'status@example.org' },
  to: 'wang@example.com',
  subject: 'Down',
  text: 'It is down.\n',
  html: '<p>It is down.</p>',
  messageId: '<d1@example.org>',
  references: '<i1@example.org>',
  date: new Date(0),
  headers: {},
};

async function delivered(cut: Cut, end: (socket: Socket) => void) {
  const port = await serverUntil(cut, end);
  const host = '127.0.0.1';
  const transport = createSmtpTransport({ host, port, secure: false });
  return transport.deliver(MAIL, 'd1');
}

const NOT_SENT = { result: 'retry', channel_fault: true };

it.each(['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA'] as const)(
  'a server that hangs up at %s has not taken the mail',
  async (cut) => {
    const outcome = await delivered(cut, (socket) => socket.destroy());
    expect(outcome).toMatchObject(NOT_SENT);
    expect(outcome).not.toHaveProperty('may_be_sent');
  },
);

it('one that has the whole mail and hangs up may have taken it', async () => {
  const outcome = await delivered('text', (socket) => socket.destroy());
  expect(outcome).toMatchObject({ ...NOT_SENT, may_be_sent: true });
});

it('one that has the whole mail and is silent may have taken it', {
  timeout: 120 * SECOND,
}, async () => {
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  const outcome = await delivered('text', (socket) => void sockets.push(socket));
  expect(outcome).toMatchObject({ ...NOT_SENT, may_be_sent: true });
});
