import type { Conditions } from './places.ts';
import { type HttpSettings, STEP_FUNCTIONS, type StepFunction } from './shape.ts';
import { type HttpStep, METHOD_KEYS } from './step.ts';
import type { SettingsProblem } from './value-problems.ts';

/** These say nothing of an invoice: who asked is unknown, refused or held back. */
const NO_STATUS_OF_INVOICES = new Set([401, 403, 407, 429, 511]);

/** Steps that cannot measure their function. */
export function stepProblems(settings: HttpSettings): SettingsProblem[] {
  return [
    ...missingKeys(settings),
    ...STEP_FUNCTIONS.flatMap((fn) => {
      const steps = settings[fn] ?? [];
      return steps.flatMap((step, at) => [
        ...misplaced(fn, step, { at, is_last: at === steps.length - 1 }),
        ...unsigned(settings, fn, step, at),
      ]);
    }),
  ];
}

function missingKeys({ query, download, known, unknown }: HttpSettings): SettingsProblem[] {
  const why = 'expected {number: …, issued: …} of an invoice';
  const problems: SettingsProblem[] = [];
  if ((query ?? download) && !known) problems.push({ path: ['known'], message: why });
  if (query && !unknown) {
    problems.push({ path: ['unknown'], message: `${why} that does not exist` });
  }
  return problems;
}

function misplaced(
  fn: StepFunction,
  step: HttpStep,
  { at, is_last }: { at: number; is_last: boolean },
): SettingsProblem[] {
  const asks = fn === 'query' && is_last;
  const problems: SettingsProblem[] = [];
  const say = (key: string, message: string) => problems.push({ path: [fn, at, key], message });
  for (const key of ['found', 'absent'] as const) {
    const given = step[key];
    if (asks && !given) say(key, 'the last step of a query says both');
    if (given && !asks) say(key, 'belongs to the last step of a query');
    if (given && saysNothing(given)) say(key, 'expected a status that says this of an invoice');
  }
  if (step.file && !(fn === 'download' && is_last)) {
    say('file', 'belongs to the last step of a download');
  }
  if (step.head && fn === 'download' && is_last) say('head', 'brings no file; expected get');
  if (step.prerequisite && is_last) say('prerequisite', 'belongs to steps before the last');
  return problems;
}

function saysNothing({ status, ...others }: Conditions): boolean {
  const statuses = [status ?? []].flat();
  const has_others = Object.values(others).some((it) => it !== undefined);
  if (statuses.some((it) => it >= 500 || NO_STATUS_OF_INVOICES.has(it))) return true;
  return statuses.length === 0 && !has_others;
}

/** A signature that is a field needs fields. */
function unsigned(
  { sign }: HttpSettings,
  fn: StepFunction,
  step: HttpStep,
  at: number,
): SettingsProblem[] {
  if (sign === undefined || !step.sign || !('field' in sign.into)) return [];
  const fields = step.form ?? step.json;
  if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return [];
  const key = METHOD_KEYS.find((it) => step[it] !== undefined) ?? 'post';
  const message = 'is signed in a field, but has no form or json with fields; or say sign: false';
  return [{ path: [fn, at, key], message }];
}

/** The methods of steps that may change something there: no GET, and not said to be safe. */
export function unsafeSteps(settings: HttpSettings): SettingsProblem['path'][] {
  return STEP_FUNCTIONS.flatMap((fn) =>
    (settings[fn] ?? []).flatMap((step, at) => {
      const key = METHOD_KEYS.find((it) => step[it] !== undefined);
      const reads = key === 'get' || key === 'head' || step.safe;
      return key === undefined || reads ? [] : [[fn, at, key]];
    }),
  );
}
