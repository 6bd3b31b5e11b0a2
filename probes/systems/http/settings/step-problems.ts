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

function missingKeys(settings: HttpSettings): SettingsProblem[] {
  const { query, download, deliver, verify, known, unknown } = settings;
  const why = 'expected {number: …, issued: …} of an invoice';
  const problems: SettingsProblem[] = [];
  const asks_for_known = query ?? download ?? deliver ?? verify;
  if (asks_for_known && !known) problems.push({ path: ['known'], message: why });
  if ((query ?? verify) && !unknown) {
    problems.push({ path: ['unknown'], message: `${why} that does not exist` });
  }
  return problems;
}

function misplaced(
  fn: StepFunction,
  step: HttpStep,
  { at, is_last }: { at: number; is_last: boolean },
): SettingsProblem[] {
  const asks = (fn === 'query' || fn === 'verify') && is_last;
  const problems: SettingsProblem[] = [];
  const say = (key: string, message: string) => problems.push({ path: [fn, at, key], message });
  for (const key of ['found', 'absent'] as const) {
    const given = step[key];
    const whose = fn === 'verify' ? 'verify' : 'a query';
    if (asks && !given) say(key, `the last step of ${whose} says both`);
    if (given && !asks) say(key, 'belongs to the last step of a query, or of verify');
    if (given && saysNothing(given)) say(key, 'expected a status that says this of an invoice');
  }
  if (step.file && !(fn === 'download' && is_last)) {
    say('file', 'belongs to the last step of a download');
  }
  if (step.head && fn === 'download' && is_last) say('head', 'brings no file; expected get');
  const shown_by = is_last ? SHOWN_BY[fn] : undefined;
  if (shown_by !== undefined && !tellsMore(step, fn)) say('expect', shown_by);
  if (step.prerequisite !== false && step.prerequisite !== fn && is_last)
    say('prerequisite', 'belongs to steps before the last');
  return problems;
}

/** A status alone does not show that this was done: some systems answer everything with 200. */
const SHOWN_BY: Partial<Record<StepFunction, string>> = {
  login: 'expected what shows that there is a session, besides a status; or a capture of it',
  issue: 'expected what shows that the invoice was issued, besides a status; or a capture of it',
  deliver: 'expected what shows that the invoice was delivered, besides a status',
  api: 'expected what the documented error says, besides a status',
};

function tellsMore({ expect, repeat, capture = {} }: HttpStep, fn: StepFunction): boolean {
  const keeps = (fn === 'login' || fn === 'issue') && Object.keys(capture).length > 0;
  const asked = fn === 'api' ? [expect] : [expect, repeat?.until];
  return keeps || asked.some((it) => it && (it.json ?? it.xml ?? it.header ?? it.text));
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
