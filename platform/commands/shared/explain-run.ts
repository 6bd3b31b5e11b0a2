import { randomUUID } from 'node:crypto';
import { type Configuration, isScheduled } from '../../../model/configuration.ts';
import { systemClock } from '../../../model/time.ts';
import type { Answer, Request } from '../../../probes/exchange/answer.ts';
import type { ExchangeWitness } from '../../../probes/exchange/exchange.ts';
import type { Attempt } from '../../../probes/exchange/failure.ts';
import { textOf } from '../../../probes/exchange/text.ts';
import { createCheckRunner } from '../../../probes/line/check-runner.ts';
import { judgeInThread } from '../../../probes/line/files-thread.ts';
import type { LineRun } from '../../../probes/line/line.ts';
import { UnrecoverableError } from '../../unrecoverable.ts';
import { CONCEALED, concealed, isSecretHeader, secretsNamedIn } from './conceal.ts';

/** A person reads it. */
const MOST_CHARACTERS = 2_000;
const MOST_KEPT_BYTES = 100_000;
/** Files in base64, and signatures. */
const LONG_WORD = /[\w+/=%-]{200,}/g;
const SHOWN_OF_LONG = 40;

/**
 * Runs a check, and prints each of its requests with its answer, secrets concealed.
 * @throws {UnrecoverableError} when it cannot be explained
 */
export async function explainRun(id: string, configuration: Configuration): Promise<LineRun> {
  const secrets = secretsOfCheck(id, configuration);
  const seen: Parameters<ExchangeWitness>[0][] = [];
  const { run } = createCheckRunner({
    configuration,
    installation: randomUUID(),
    clock: systemClock,
    judge: judgeInThread(systemClock),
    witness: (it) => seen.push({ ...it, answer: kept(it.answer) }),
  });
  const found = await run(id, systemClock.now());
  // Only now are all secrets known: a token is one from its answer on.
  for (const { concealed: more } of seen) for (const it of more) secrets.add(it);
  for (const { request, answer } of seen) {
    const texts = [sentText(request), answer.ok ? answerText(answer.value) : ''];
    for (const it of texts.flatMap(secretsNamedIn)) secrets.add(it);
  }
  for (const it of seen) process.stdout.write(`${explained(it, secrets)}\n\n`);
  return found;
}

/** Its beginning, for the body of a file goes to the thread that judges it. */
function kept(answer: Attempt<Answer>): Attempt<Answer> {
  if (!answer.ok) return answer;
  const body = Buffer.from(answer.value.body.subarray(0, MOST_KEPT_BYTES));
  return { ok: true, value: { ...answer.value, body } };
}

function secretsOfCheck(id: string, { checks, systems }: Configuration): Set<string> {
  const check = checks.find((it) => it.id === id);
  if (check === undefined) {
    const known = checks.map((it) => it.id).join(', ');
    throw new UnrecoverableError(`there is no check "${id}"; known: ${known}`);
  }
  const system = systems.find((it) => it.id === check.system);
  if (system?.driver !== 'http') {
    throw new UnrecoverableError(`${id} is not of the driver http; only its steps are explained`);
  }
  if (!isScheduled(check)) {
    throw new UnrecoverableError(`${id} follows invoices; explain a check of the function query`);
  }
  return new Set(system.concealed);
}

function explained(
  { request, answer }: Parameters<ExchangeWitness>[0],
  secrets: ReadonlySet<string>,
): string {
  const conceal = (text: string) => concealed(text, secrets);
  const { method, url, step = '' } = request;
  return [
    `${step}: ${method} ${conceal(url.href)}`,
    ...headerLines('>', request.headers ?? {}, conceal),
    ...shownBody('>', sentText(request), conceal),
    ...answerLines(answer, conceal),
  ].join('\n');
}

function answerLines(answer: Attempt<Answer>, conceal: (text: string) => string): string[] {
  if (!answer.ok) return [`< ${answer.failure.outcome}: ${conceal(answer.failure.detail)}`];
  const { status, headers, url } = answer.value;
  return [
    `< ${status} ${conceal(url.href)}`,
    ...headerLines('<', headers, conceal),
    ...shownBody('<', answerText(answer.value), conceal),
  ];
}

function headerLines(
  mark: string,
  headers: Record<string, string | string[] | undefined>,
  conceal: (text: string) => string,
): string[] {
  return Object.entries(headers).map(
    ([name, value]) =>
      `${mark} ${name}: ${isSecretHeader(name) ? CONCEALED : conceal([value].flat().join(', '))}`,
  );
}

function answerText(answer: Answer): string {
  if (isBinary(answer.body)) return fileText(answer.body);
  const text = textOf(answer);
  return text.ok ? text.value : '';
}

function fileText({ length }: Uint8Array): string {
  return `(a file, ${length === MOST_KEPT_BYTES ? 'at least ' : ''}${length} bytes)`;
}

/** Texts have no control characters but those of lines. */
function isBinary(body: Uint8Array): boolean {
  return body.subarray(0, 4_096).some((byte) => byte < 9 || (byte > 13 && byte < 32));
}

function sentText({ body, headers = {} }: Request): string {
  if (body === undefined) return '';
  const bytes = Buffer.from(body);
  if (isBinary(bytes)) return fileText(bytes);
  const text = textOf({ headers, body: bytes });
  return text.ok ? text.value : '';
}

/** Concealed before it is cut, so that no part of a secret is left. */
function shownBody(mark: string, text: string, conceal: (text: string) => string): string[] {
  if (text === '') return [];
  const short = conceal(text)
    .replace(LONG_WORD, (it) => `${it.slice(0, SHOWN_OF_LONG)}…(${it.length} characters)`)
    // Files, and what would steer a terminal.
    .replace(/[^\P{C}\n\t]/gu, '·');
  const cut = short.length > MOST_CHARACTERS ? `${short.slice(0, MOST_CHARACTERS)}…` : short;
  return cut.split('\n').map((line) => `${mark} ${line}`);
}
