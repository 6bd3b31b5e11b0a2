import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { type Letter, readLetter } from './letters.ts';
import { takeTurns } from './moods.ts';
import type { Got } from './told.ts';

/** A relay that all mails go through, and that by turns has something against them. */

const ILL = ['greylists', 'throttles', 'hangs', 'refuses', 'slow'] as const;
type MailMood = (typeof ILL)[number] | 'well';
const TURN_MS = [3_000, 8_000] as const;
/** A mailbox that was greylisted is taken after so long, and stays known in that turn. */
const GREYLISTED_MS = 3_000;
const SLOW_MS = [300, 1_500] as const;
const STEPS = ['connect', 'mail', 'rcpt', 'data'] as const;
type Step = (typeof STEPS)[number];

/** Nobody has it. */
export const NOBODY = 'nobody@example.com';

export interface MailServerParts {
  random: () => number;
  /** Called at each step that the server sees. */
  pass(step: string): void;
  startOf(ref: string): number | null;
}

export async function startMoodyMailServer({ random, pass, startOf }: MailServerParts) {
  const got: Got[] = [];
  const moods = takeTurns<(typeof ILL)[number]>({ ill: ILL, random, turn_ms: TURN_MS });
  const greylist = createGreylist(moods.spans);
  const refusals = createRefusals();
  let hangs_at: Step = 'connect';

  /** What it answers at a step: null goes on, `never` leaves it without an answer. */
  async function answerAt(step: Step, who = ''): Promise<Error | 'never' | null> {
    const mood = moods.now();
    if (mood === 'slow') await sleep(SLOW_MS[0] + random() * (SLOW_MS[1] - SLOW_MS[0]));
    if (mood === 'hangs' && step === 'connect')
      hangs_at = STEPS[Math.floor(random() * STEPS.length)] ?? 'data';
    if (mood === 'hangs' && step === hangs_at) return 'never';
    if (mood === 'throttles' && step === 'connect') return refusal(421);
    if (step !== 'rcpt') return null;
    if (who === NOBODY) return refusal(550);
    return mood === 'greylists' && greylist.defers(who) ? refusal(451) : null;
  }

  function then(step: Step, callback: (error?: Error) => void, who?: string): void {
    pass(`smtp ${step}`);
    void answerAt(step, who).then((answer) => {
      if (answer === null) callback();
      else if (answer !== 'never') callback(answer);
    });
  }

  async function take(raw: Buffer, who: string, callback: (error?: Error) => void): Promise<void> {
    const letter = await readLetter(raw, { startOf });
    const isRefused = () => refusals.refuses(letter, { who, mood: moods.now() });
    passAs('data', letter);
    const answer = await answerAt('data', who);
    const is_refused = answer === null && isRefused();
    const how = is_refused ? 'refused' : answer === null ? 'taken' : 'none';
    got.push({ who, id: letter.id, at: Date.now(), tells: letter.tells, answer: how });
    if (answer === 'never') return;
    callback(is_refused ? refusal(550) : undefined);
    passAs('taken', letter);
  }

  function passAs(step: string, { kind }: Letter): void {
    pass(`smtp ${step}`);
    if (kind !== 'other') pass(`smtp ${step} of ${kind}`);
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onConnect: (_, callback) => then('connect', callback),
    onMailFrom: (_, __, callback) => then('mail', callback),
    onRcptTo: ({ address }, _, callback) => then('rcpt', callback, address),
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void take(Buffer.concat(chunks), envelope.rcptTo[0]?.address ?? '', callback);
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { port, got, moods, stop: () => server.close(() => {}) };
}

function refusal(status: number): Error {
  return Object.assign(new Error('not now'), { responseCode: status });
}

/** Defers each mailbox once in a turn, as servers do that wait for another try. */
function createGreylist(spans: readonly { from: number }[]) {
  const deferred = new Map<string, number>();
  return {
    defers(who: string): boolean {
      const since = spans.at(-1)?.from ?? 0;
      const first = deferred.get(who);
      const is_known = first !== undefined && (first >= since || isStranger(who));
      if (!is_known) deferred.set(who, Date.now());
      return !is_known || Date.now() - first < GREYLISTED_MS;
    },
  };
}

/** An address that comes up once: it was deferred, and is known from then on. */
export function isStranger(who: string): boolean {
  return who.startsWith('stranger-');
}

/** Refuses no two mails of a mailbox one after the other, and one always the same way. */
function createRefusals() {
  const refused = new Set<string>();
  const last = new Map<string, 'refused' | 'taken'>();
  return {
    refuses({ id }: Letter, { who, mood }: { who: string; mood: MailMood }): boolean {
      const is_new = mood === 'refuses' && last.get(who) === 'taken';
      if (is_new) refused.add(id);
      last.set(who, refused.has(id) ? 'refused' : 'taken');
      return refused.has(id);
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
