import type { FileFormat } from '../../../model/vocabulary.ts';
import type { Answer } from '../../exchange/answer.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import {
  type Attempt,
  type Failure,
  failed,
  succeeded,
  unexpected,
} from '../../exchange/failure.ts';
import { isRedirect } from '../../exchange/redirect.ts';
import { waitsFor } from '../../waits-for.ts';
import { expectedStatuses, type JudgedBy } from './answer/judge.ts';
import { type Reader, readerOf } from './answer/reader.ts';
import type { RequestBudget } from './budget.ts';
import type { Credentials } from './credentials.ts';
import type { ReadingTime } from './engine/within-time.ts';
import { requestOf } from './request/build.ts';
import { UnfitAddress, UnfitValue } from './request/unfit-value.ts';
import type { HttpSettings, StepFunction } from './settings/shape.ts';
import { codesOf, type HttpStep } from './settings/step.ts';
import { momentValues } from './template/moment-values.ts';
import { type NamedValues, namesIn, type Values } from './template/template.ts';

/** What all steps of a system share. */
export interface Connection {
  /** Address of the system, without a slash at its end. */
  base: string;
  settings: HttpSettings;
  access: Credentials;
  budget: RequestBudget;
}

/** One measurement of a function by its steps. */
export interface StepsRun {
  connection: Connection;
  exchange: Exchange;
  fn: StepFunction;
  /** Of the invoice that it is about. */
  values: NamedValues;
  specimen?(format: FileFormat): Uint8Array;
}

/** What the last step of a run is judged by, and its answer. */
export interface StepAnswer {
  reader: Reader;
  by: JudgedBy;
  /** The step in words. */
  label: string;
  /** What the steps before it captured, by name. */
  kept: readonly [string, string][];
  /** Its answer refuses the credentials with which it was sent. */
  refused(): void;
  /** Nobody is shown what a login captures. */
  conceal(name: string, value: string): void;
}

/** What steps have captured so far. */
export interface Kept {
  values: Map<string, string | number | (() => string | number)>;
  captured: [string, string][];
  /** The answers that values were captured from: an address leads where its answer may lead. */
  sources: Map<string, Answer>;
  /** Names of values that nobody is shown. */
  secrets: Set<string>;
}

/** Of one step. */
export interface StepContext {
  run: StepsRun;
  kept: Kept;
  label: string;
  max_bytes: number;
  is_file: boolean;
  time: ReadingTime;
}

/** Sends the request of a step, once. */
export async function sendStep(step: HttpStep, context: StepContext): Promise<Attempt<StepAnswer>> {
  const { run, kept, label, max_bytes, is_file, time } = context;
  const { exchange, connection, fn } = run;
  const { base, settings, access, budget } = connection;
  const by_whom = step.auth ? await access.headers(exchange) : succeeded({});
  if (!by_whom.ok) return withoutToken(by_whom.failure, fn);
  // Only now: a token may have taken a while.
  const values = valuesOf(context);
  const source = sourceOf(step, kept);
  const request = built(() => ({
    ...requestOf(step, {
      base,
      values,
      charset: settings.charset,
      sign: step.sign ? (settings.sign ?? null) : null,
      auth_headers: by_whom.value,
      captured_at: source?.url ?? null,
      specimen: run.specimen ?? noSpecimen,
    }),
    ...(source === null ? {} : { led_by: source }),
    ...(namesRedirect(step) ? { follows: () => false } : {}),
    max_bytes,
    step: `${fn}, ${label}`,
  }));
  if (!request.ok) return request;
  const allowed = budget.take(exchange.clock);
  if (!allowed.ok) return allowed;
  const identity = settings.client_certificate;
  const is_own = request.value.url.origin === new URL(base).origin;
  const sent = await exchange.send({
    ...request.value,
    ...(identity !== undefined && is_own ? { identity } : {}),
  });
  if (!sent.ok) return sent;
  if (sent.value.status === 401) access.forget(by_whom.value);
  return succeeded({
    reader: readerOf(sent.value, time),
    by: { step, codes: codesOf(step, settings.codes), values, is_file },
    label,
    kept: kept.captured,
    refused: () => access.forget(by_whom.value),
    conceal(name, value) {
      if (!isOfLogin(step, fn) || value.length < LEAST_SECRET) return;
      kept.secrets.add(name);
      exchange.concealed.add(value);
    },
  });
}

/** Nobody takes a shorter one for a secret, and it stands anywhere. */
const LEAST_SECRET = 4;

function isOfLogin({ prerequisite }: HttpStep, fn: StepFunction): boolean {
  return fn === 'login' || prerequisite === 'login';
}

function valuesOf({ run: { exchange, connection }, kept }: StepContext): Values {
  const { values, secrets, charset } = connection.settings;
  const named: NamedValues = new Map([
    ...Object.entries({ ...values, ...secrets }),
    ...kept.values,
    ...Object.entries(momentValues(exchange.clock.now())),
  ]);
  return { named, charset, secret: { names: kept.secrets, forms: exchange.concealed } };
}

/** Who gives tokens is asked before a function is: where that fails, the function waits for it. */
function withoutToken(
  { outcome, reason, detail }: Failure,
  fn: StepFunction,
): ReturnType<typeof failed> {
  if (fn === 'login' || outcome === 'self' || outcome === 'credential') {
    return failed(outcome, reason, `token: ${detail}`);
  }
  return failed('prerequisite', waitsFor('login'), `token: ${outcome}, ${reason}, ${detail}`);
}

/** The answer that a captured address stood in: it is asked like a redirect of that. */
function sourceOf({ get, head }: HttpStep, { sources }: Kept): Answer | null {
  const path = get ?? head ?? '/';
  if (path.startsWith('/')) return null;
  const [name = ''] = namesIn(path);
  return sources.get(name) ?? null;
}

/** Where the answer is to be a redirect, that is where it ends. */
function namesRedirect(step: HttpStep): boolean {
  const before = [step.repeat?.while?.status ?? []].flat();
  return [...expectedStatuses(step), ...before].some((status) => isRedirect(status, '/'));
}

function built<T>(build: () => T): Attempt<T> {
  try {
    return succeeded(build());
  } catch (error) {
    if (error instanceof UnfitAddress) return unexpected(error.message);
    if (!(error instanceof UnfitValue)) throw error;
    return failed('self', 'probe_error', error.message);
  }
}

function noSpecimen(): never {
  throw new UnfitValue('only issue and upload have a synthetic invoice');
}
