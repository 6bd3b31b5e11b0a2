import { setTimeout as after } from 'node:timers/promises';
import { SECOND } from '../../../model/time.ts';
import { type Attempt, failed, succeeded } from '../../exchange/failure.ts';
import { waitsFor } from '../../waits-for.ts';
import { isAwaited } from './answer/awaited.ts';
import { captured, expectAnswer, expectConditions } from './answer/judge.ts';
import type { Reader } from './answer/reader.ts';
import { Unread } from './engine/unread.ts';
import { readingTime } from './engine/within-time.ts';
import { UnfitValue } from './request/unfit-value.ts';
import {
  type Kept,
  type StepAnswer,
  type StepContext,
  type StepsRun,
  sendStep,
} from './send-step.ts';
import type { StepFunction } from './settings/shape.ts';
import { type HttpStep, waitMs } from './settings/step.ts';

/** Answers of APIs; files have a limit of their own. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Sends the steps one after the other, with what they capture. The answer of the last is returned
 * as it came, for its function to judge; of a function without a judgement of its own, see
 * expectLast.
 */
export async function runSteps(run: StepsRun, last_max_bytes = MAX_ANSWER_BYTES) {
  const steps = (run.connection.settings[run.fn] ?? []).map((step) => asOwn(step, run.fn));
  const kept: Kept = {
    values: new Map(run.values),
    captured: [],
    sources: new Map(),
    secrets: new Set(Object.keys(run.connection.settings.secrets)),
  };
  const time = readingTime();
  for (const [at, step] of steps.entries()) {
    const is_last = at === steps.length - 1;
    const label = `step ${at + 1}`;
    const max_bytes = is_last ? last_max_bytes : MAX_ANSWER_BYTES;
    const is_file = is_last && run.fn === 'download' && step.file === undefined;
    const answered = await answerTo(step, { run, kept, label, max_bytes, is_file, time });
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

/** The values that an answer is to have for later steps, or to be one at all. */
export function keptOf({ reader, by, conceal }: StepAnswer): Attempt<[string, string][]> {
  const found = captured(reader, by);
  if (found.ok) for (const [name, value] of found.value) conceal(name, value);
  return found;
}

/** What an answer is judged as, with its step. */
export function judgeLast<T>(
  last: StepAnswer,
  judge: (last: StepAnswer) => Attempt<T>,
): Attempt<T> {
  return inStep(judged(last, judge), last.by.step, last.label);
}

/** What we cannot read is ours, as is a value of ours with which nothing can be compared. */
function judged<T>(last: StepAnswer, judge: (last: StepAnswer) => Attempt<T>): Attempt<T> {
  try {
    const attempt = judge(last);
    if (!attempt.ok && attempt.failure.outcome === 'credential') last.refused();
    return attempt;
  } catch (error) {
    if (error instanceof UnfitValue) return failed('self', 'probe_error', error.message);
    if (!(error instanceof Unread)) throw error;
    return failed('self', error.reason, error.message);
  }
}

function keepFrom(answer: StepAnswer, kept: Kept): Attempt<null> {
  const { reader } = answer;
  const good = expectLast(answer);
  if (!good.ok) return good;
  const found = keptOf(answer);
  if (!found.ok) return found;
  for (const [name, value] of found.value) {
    kept.values.set(name, value);
    kept.captured.push([name, value]);
    kept.sources.set(name, reader.answer);
  }
  return succeeded(null);
}

/** The answer to a step: the first, or the one that is waited for. */
async function answerTo(step: HttpStep, context: StepContext): Promise<Attempt<StepAnswer>> {
  const { exchange } = context.run;
  const started_at = exchange.clock.monotonic();
  for (let times = 1; ; times += 1) {
    const sent = await sendStep(step, context);
    if (!sent.ok || step.repeat === undefined) return sent;
    const [every_ms, within_ms] = [waitMs(step.repeat.every), waitMs(step.repeat.within)];
    const is_there = judged(sent.value, ({ reader, by }) => isAwaited(reader, by));
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
