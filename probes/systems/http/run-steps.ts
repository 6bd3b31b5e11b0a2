import { setTimeout as after } from 'node:timers/promises';
import { SECOND } from '../../../model/time.ts';
import type { FileFormat } from '../../../model/vocabulary.ts';
import type { Answer, Request } from '../../exchange/answer.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { type Attempt, failed, succeeded } from '../../exchange/failure.ts';
import { waitsFor } from '../../waits-for.ts';
import { unmet } from './answer/conditions.ts';
import { captured, expectAnswer, expectConditions, type JudgedBy } from './answer/judge.ts';
import { type Reader, readerOf } from './answer/reader.ts';
import type { RequestBudget } from './budget.ts';
import type { Credentials } from './credentials.ts';
import { TookTooLong, withinTime } from './engine/within-time.ts';
import { requestOf } from './request/build.ts';
import { UnfitValue } from './request/unfit-value.ts';
import type { HttpSettings, StepFunction } from './settings/shape.ts';
import { type HttpStep, waitMs } from './settings/step.ts';
import { momentValues } from './template/moment-values.ts';
import { namesIn, type Values } from './template/template.ts';

/** Answers of APIs; files have a limit of their own. */
const MAX_ANSWER_BYTES = 1024 * 1024;

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
  values: Values;
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
}

/**
 * Sends the steps one after the other, with what they capture. The answer of the last is returned
 * as it came, for its function to judge; of a function without a judgement of its own, see
 * expectLast.
 */
export async function runSteps(run: StepsRun, last_max_bytes = MAX_ANSWER_BYTES) {
  const steps = (run.connection.settings[run.fn] ?? []).map((step) => asOwn(step, run.fn));
  const kept: Kept = { values: new Map(run.values), captured: [], sources: new Map() };
  for (const [at, step] of steps.entries()) {
    const is_last = at === steps.length - 1;
    const label = `step ${at + 1}`;
    const max_bytes = is_last ? last_max_bytes : MAX_ANSWER_BYTES;
    const answered = await answerTo(step, { run, kept, label, max_bytes });
    if (is_last || !answered.ok) return inStep(answered, step, label);
    const read = judgeLast(answered.value, (it) => keepFrom(it, kept));
    if (!read.ok) return read;
  }
  throw new Error(`no steps for ${run.fn}: the configuration was not checked`);
}

/** What is a step of another function there is one of its own here. */
function asOwn(step: HttpStep, fn: StepFunction): HttpStep {
  return step.prerequisite === fn ? { ...step, prerequisite: false } : step;
}

/** The answer to a last step without a judgement of its own. */
export function expectLast({ reader, by }: Pick<StepAnswer, 'reader' | 'by'>): Attempt<Reader> {
  const good = expectAnswer(reader, by);
  return good.ok ? expectConditions(reader, by) : good;
}

/** What an answer is judged as, with its step. */
export function judgeLast<T>(
  last: StepAnswer,
  judge: (last: StepAnswer) => Attempt<T>,
): Attempt<T> {
  return inStep(
    judged(() => judge(last)),
    last.by.step,
    last.label,
  );
}

/** An expression that takes too long is ours. */
function judged<T>(read: () => Attempt<T>): Attempt<T> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    return failed('self', 'probe_error', error.message);
  }
}

interface Kept {
  values: Map<string, string | number | (() => string | number)>;
  captured: [string, string][];
  /** The answers that values were captured from: an address leads where its answer may lead. */
  sources: Map<string, Answer>;
}

function keepFrom({ reader, by }: StepAnswer, kept: Kept): Attempt<null> {
  const good = expectLast({ reader, by });
  if (!good.ok) return good;
  const found = captured(reader, by);
  if (!found.ok) return found;
  for (const [name, value] of found.value) {
    kept.values.set(name, value);
    kept.captured.push([name, value]);
    kept.sources.set(name, reader.answer);
  }
  return succeeded(null);
}

interface StepContext {
  run: StepsRun;
  kept: Kept;
  label: string;
  max_bytes: number;
}

/** The answer to a step: the first, or the one that is waited for. */
async function answerTo(step: HttpStep, context: StepContext): Promise<Attempt<StepAnswer>> {
  const { exchange } = context.run;
  const started_at = exchange.clock.monotonic();
  for (let times = 1; ; times += 1) {
    const sent = await sendStep(step, context);
    if (!sent.ok || step.repeat === undefined) return sent;
    const { until } = step.repeat;
    const [every_ms, within_ms] = [waitMs(step.repeat.every), waitMs(step.repeat.within)];
    const { reader, by } = sent.value;
    const is_there = judged(() => {
      const good = expectAnswer(reader, by);
      return good.ok ? succeeded(withinTime(() => unmet(until, reader, by.values)) === null) : good;
    });
    if (!is_there.ok) return is_there;
    if (is_there.value) return sent;
    const waited_ms = exchange.clock.monotonic() - started_at;
    if (waited_ms + every_ms > within_ms || exchange.leftMs() <= every_ms) {
      const detail = `not there after ${times} looks in ${Math.round(waited_ms / SECOND)} s`;
      return failed('timeout', 'timeout_processing', detail);
    }
    await after(every_ms);
  }
}

async function sendStep(
  step: HttpStep,
  { run, kept, label, max_bytes }: StepContext,
): Promise<Attempt<StepAnswer>> {
  const { exchange, connection, fn } = run;
  const { base, settings, access, budget } = connection;
  const values: Values = new Map([
    ...Object.entries({ ...settings.values, ...settings.secrets }),
    ...kept.values,
    ...Object.entries(momentValues(exchange.clock.now())),
  ]);
  const access_headers = step.auth ? await access.headers(exchange) : succeeded({});
  if (!access_headers.ok) return access_headers;
  const request = built(() => ({
    ...requestOf(step, {
      base,
      values,
      charset: settings.charset,
      sign: step.sign ? (settings.sign ?? null) : null,
      auth_headers: access_headers.value,
      specimen: run.specimen ?? noSpecimen,
    }),
    ...leadBy(step, kept),
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
  if (sent.value.status === 401) access.forget();
  const codes = step.codes === false ? [] : (step.codes ?? settings.codes ?? []);
  return succeeded({
    reader: readerOf(sent.value),
    by: { step, codes, values },
    label,
    kept: kept.captured,
  });
}

/** A captured address is asked like a redirect of the answer that it stood in. */
function leadBy({ get, head }: HttpStep, { sources }: Kept): Pick<Request, 'led_by'> {
  const path = get ?? head ?? '/';
  if (path.startsWith('/')) return {};
  const source = namesIn(path)
    .map((name) => sources.get(name))
    .find((it) => it !== undefined);
  return source === undefined ? {} : { led_by: source };
}

function built<T>(build: () => T): Attempt<T> {
  try {
    return succeeded(build());
  } catch (error) {
    if (!(error instanceof UnfitValue)) throw error;
    return failed('self', 'probe_error', error.message);
  }
}

function noSpecimen(): never {
  throw new UnfitValue('only issue and upload have a synthetic invoice');
}

/** A failure with its step; of a step of another function, that this one waits for it. */
function inStep<T>(attempt: Attempt<T>, { prerequisite }: HttpStep, label: string): Attempt<T> {
  if (attempt.ok) return attempt;
  const { outcome, reason, detail } = attempt.failure;
  // What is our own doing says nothing of the other function either.
  if (prerequisite === false || outcome === 'self')
    return failed(outcome, reason, `${label}: ${detail}`);
  const waits = waitsFor(prerequisite === true ? null : prerequisite);
  return failed('prerequisite', waits, `${label}: ${outcome}, ${reason}, ${detail}`);
}
