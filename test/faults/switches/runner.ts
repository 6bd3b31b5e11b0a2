import { type RunnerTestCase, TestRunner, type TestTryOptions } from 'vitest';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { openRecord } from './record.ts';
import { readShared } from './shared.ts';

/** Taken before a test sets the time. */
const { setTimeout, clearTimeout, performance } = globalThis;

/** In all tests together. What no near test sees in this time is to have a nearer one. */
const TRIED_AT_MOST_MS = 3 * SECOND;
/** A fault may make a loop that never ends. */
const MOST_SWITCHES = 3_000_000;

interface Attempt {
  fault: number | null;
  at_most_ms: number;
}

interface Outcome {
  passed: boolean;
  ms: number;
}

const { folder, own_tests, slowest_test_ms } = readShared();
const record = openRecord(folder);

/** What of the files under test is loaded in this process. */
const constants = new Map<number, Set<() => void>>();
const touched = new Set<number>();
let on: number | null = null;
let switches = 0;

const process_wide = globalThis as {
  __fault?: (id: number) => boolean;
  __faultyConstant?: (ids: number[], anew: () => void) => void;
};

process_wide.__fault = (id) => {
  if (on === null) touched.add(id);
  else switches += 1;
  if (switches > MOST_SWITCHES) throw new Error('this fault makes an endless loop');
  return id === on;
};

process_wide.__faultyConstant = (ids, anew) => {
  for (const id of ids) constants.set(id, (constants.get(id) ?? new Set()).add(anew));
};

function switchTo(fault: number | null): void {
  const changed = [on, fault].filter((it) => it !== null);
  on = fault;
  switches = 0;
  for (const id of changed) for (const anew of constants.get(id) ?? []) anew();
}

/** Runs each test once as it is, and then once more with each fault that it meets. */
export default class SwitchingRunner extends TestRunner {
  readonly #attempts = new WeakMap<RunnerTestCase, Attempts>();

  override async onBeforeRunTask(test: RunnerTestCase): Promise<void> {
    await super.onBeforeRunTask(test);
    const attempts = startAttempts(test);
    this.#attempts.set(test, attempts);
    // Asked before each repetition.
    const repeats = { valueOf: () => (attempts.current === null ? -1 : Number.POSITIVE_INFINITY) };
    Object.assign(test, { retry: 0, repeats });
  }

  override onBeforeTryTask(test: RunnerTestCase, options: TestTryOptions): void {
    switchTo(this.#attempts.get(test)?.current?.fault ?? null);
    super.onBeforeTryTask(test, options);
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const at_most_ms = this.#attempts.get(test)?.current?.at_most_ms ?? 0;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const limit = setTimeout(() => reject(new Error('this fault makes it hang')), at_most_ms);
    try {
      await Promise.race([TestRunner.getTestFn(test)(), late]);
    } finally {
      clearTimeout(limit);
    }
  }

  override async onAfterRetryTask(test: RunnerTestCase, options: TestTryOptions): Promise<void> {
    await super.onAfterRetryTask(test, options);
    switchTo(null);
    const passed = test.result?.state !== 'fail';
    if (test.result?.errors) test.result.errors.length = 0;
    this.#attempts.get(test)?.next(passed);
  }
}

interface Attempts {
  /** null: there are no more. */
  current: Attempt | null;
  next(passed: boolean): void;
}

function startAttempts(test: RunnerTestCase): Attempts {
  const attempts = attemptsWith(test);
  let began = performance.now();
  const first = attempts.next();
  const it: Attempts = {
    current: first.value ?? null,
    next(passed) {
      const { value } = attempts.next({ passed, ms: performance.now() - began });
      began = performance.now();
      it.current = value ?? null;
    },
  };
  return it;
}

function* attemptsWith(test: RunnerTestCase): Generator<Attempt, undefined, Outcome> {
  touched.clear();
  const sound = yield { fault: null, at_most_ms: MINUTE };
  const met = [...touched, ...constantsFor(test)];
  if (!sound.passed || sound.ms > slowest_test_ms) return undefined;
  const at_most_ms = 1.5 * SECOND + 6 * sound.ms;
  // Many a test leaves behind what makes a second run fail, and would seem to see every fault.
  if (!hasWork(met) || !(yield { fault: null, at_most_ms }).passed) return undefined;
  for (const fault of new Set(met)) {
    if (!hasWork([fault])) continue;
    record.write({ begun: fault, process: process.pid });
    const { passed, ms } = yield { fault, at_most_ms };
    record.write({ tried: fault, process: process.pid, ms });
    if (passed) continue;
    if (!(yield { fault: null, at_most_ms }).passed) return undefined;
    record.write({ seen: fault });
  }
  return undefined;
}

/** Who asks for a constant cannot be told; the tests that import its file may. */
function constantsFor({ file }: RunnerTestCase): number[] {
  return (own_tests[file.name] ?? []).filter((id) => constants.has(id));
}

/** Whether any is yet unseen, and worth more time. */
function hasWork(ids: readonly number[]): boolean {
  record.catchUp();
  return ids.some((id) => !record.isSeen(id) && record.triedMs(id) < TRIED_AT_MOST_MS);
}
