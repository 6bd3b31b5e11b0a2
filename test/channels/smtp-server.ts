import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** A step of a conversation, and how the server ends it: null goes on. */
export type Step = 'connect' | 'mail' | 'rcpt' | 'data' | 'taken';
export type Script = (step: Step, mail: { n: number; to: string }) => number | null;

export interface ReceivedMail extends Email {
  raw: string;
  envelope: { from: string; to: string[] };
  header(name: string): string | undefined;
}

interface SmtpServerSettings {
  port?: number;
  script?: Script;
  /** Offers STARTTLS with this certificate. */
  tls?: { key: string; cert: string };
}

/** A real mail server on this machine that keeps what it takes. */
export async function startSmtpServer(settings: SmtpServerSettings = {}) {
  const { port = 0, script = () => null, tls } = settings;
  const received: ReceivedMail[] = [];
  let n = 0;
  const refusal = (step: Step, to: string) => {
    const status = script(step, { n, to });
    return status === null
      ? null
      : Object.assign(new Error(`no at ${step}`), { responseCode: status });
  };
  const server = new SMTPServer({
    authOptional: true,
    ...(tls ?? { disabledCommands: ['STARTTLS'] }),
    logger: false,
    onConnect(_, callback) {
      n += 1;
      callback(refusal('connect', ''));
    },
    onMailFrom: (_, __, callback) => callback(refusal('mail', '')),
    onRcptTo: ({ address }, _, callback) => callback(refusal('rcpt', address)),
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const to = envelope.rcptTo.map(({ address }) => address);
        const refused = refusal('data', to[0] ?? '');
        if (refused) return callback(refused);
        const raw = Buffer.concat(chunks);
        const mail = await PostalMime.parse(raw);
        received.push({
          ...mail,
          raw: raw.toString(),
          envelope: { from: envelope.mailFrom ? envelope.mailFrom.address : '', to },
          header: (name) => mail.headers.find(({ key }) => key === name.toLowerCase())?.value,
        });
        callback(refusal('taken', to[0] ?? ''));
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  let is_open = true;
  const stop = async () => {
    if (is_open) await close();
    is_open = false;
  };
  onTestFinished(stop);
  return { port: (server.server.address() as AddressInfo).port, received, stop };
}
