import type { Conditions } from './places.ts';
import { namesOtherStatus, showsSomething, tellsAnswer } from './says.ts';
import { type HttpSettings, STEP_FUNCTIONS, type StepFunction } from './shape.ts';
import { unsignedSteps } from './sign-problems.ts';
import { codesOf, type HttpStep } from './step.ts';
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
        ...misplaced(settings, fn, step, { at, is_last: at === steps.length - 1 }),
        ...ofNoBody(step, [fn, at]),
        ...unsignedSteps(settings, step, [fn, at]),
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
  { codes }: HttpSettings,
  fn: StepFunction,
  step: HttpStep,
  { at, is_last }: { at: number; is_last: boolean },
): SettingsProblem[] {
  const asks = (fn === 'query' || fn === 'verify') && is_last;
  const problems: SettingsProblem[] = [];
  const say = (key: string, message: string) => problems.push({ path: [fn, at, key], message });
  for (const key of ['found', 'absent'] as const) {
    const given = step[key];
    if (asks && !given) say(key, `the last step of ${WHOSE[fn]} says both`);
    if (given && !asks) say(key, 'belongs to the last step of a query, or of verify');
    if (given && saysNothing(given)) say(key, 'expected a status that says this of an invoice');
    else if (given && isAnybodys(key, given)) {
      say(key, 'expected what shows it: a page of anybody may be like this, too');
    }
  }
  if (asks && step.expect) say('expect', `is not asked of the last step of ${WHOSE[fn]}`);
  if (asks && step.capture) say('capture', 'is used by no step; this is the last');
  if (step.file && !(fn === 'download' && is_last)) {
    say('file', 'belongs to the last step of a download');
  }
  if (step.head && fn === 'download' && is_last) say('head', 'brings no file; expected get');
  const shown_by = is_last ? SHOWN_BY[fn] : undefined;
  const by_code = codesOf(step, codes).some(({ ok }) => ok.length > 0);
  if (shown_by !== undefined && !tellsMore(step, fn, by_code)) say('expect', shown_by);
  if (step.prerequisite !== false && step.prerequisite !== fn && is_last)
    say('prerequisite', 'belongs to steps before the last');
  return problems;
}

const WHOSE: Partial<Record<StepFunction, string>> = { query: 'a query', verify: 'verify' };

/** What `head` is asked for: its answer is nothing but a status and headers. */
function ofNoBody(step: HttpStep, place: SettingsProblem['path']): SettingsProblem[] {
  if (step.head === undefined) return [];
  const { expect, found, absent, repeat, capture = {}, codes } = step;
  const asked = [
    ...Object.entries({ expect, found, absent }).map(([key, it]) => ({ path: [key], it })),
    { path: ['repeat', 'until'], it: repeat?.until },
    { path: ['repeat', 'while'], it: repeat?.while },
  ];
  const conditions = asked.flatMap(({ path, it }) =>
    OF_BODIES.flatMap((key) => (it?.[key] === undefined ? [] : [[...path, key]])),
  );
  const kept = Object.entries(capture).flatMap(([name, it]) =>
    'header' in it ? [] : [['capture', name]],
  );
  const coded = (codes === false ? [] : (codes ?? [])).some(({ header }) => header === undefined);
  const paths = [...conditions, ...kept, ...(coded ? [['codes']] : [])];
  return paths.map((path) => ({ path: [...place, ...path], message: 'head brings no body; get' }));
}

const OF_BODIES = ['json', 'xml', 'text', 'without'] as const;

/** A status alone does not show that this was done: some systems answer everything with 200. */
const SHOWN_BY: Partial<Record<StepFunction, string>> = {
  login: 'expected what shows that there is a session, besides a status; or a capture of it',
  upload:
    'expected what shows that the invoice was accepted, besides status 200; or a capture of it',
  issue: 'expected what shows that the invoice was issued, besides a status; or a capture of it',
  deliver: 'expected what shows that the invoice was delivered, besides a status',
  api: 'expected what the documented error says, besides a status',
};

function tellsMore(
  { expect, repeat, capture = {} }: HttpStep,
  fn: StepFunction,
  by_code: boolean,
): boolean {
  const may_keep = fn === 'login' || fn === 'issue' || fn === 'upload';
  const asked = [expect, ...(fn === 'api' ? [] : [repeat?.until])].filter((it) => it !== undefined);
  const kept = Object.values(capture).filter((it) => fn !== 'login' || !isAnyCookie(it));
  if (may_keep && kept.length > 0) return true;
  if (asked.some((it) => showsSomething(fn === 'login' ? withoutAnyCookie(it) : it))) return true;
  // Created, or accepted: pages come with 200, and logins by a redirect. A code of success is to be
  // there, unless another status is asked for.
  const others = asked.filter(namesOtherStatus);
  const by_status = others.some((it) => !namesRedirect(it));
  return fn === 'upload' && (by_status || (by_code && others.length === 0));
}

const COOKIES = 'set-cookie';

/** Whoever is not signed in gets one as well. */
function isAnyCookie(place: NonNullable<HttpStep['capture']>[string]): boolean {
  return 'header' in place && place.header === COOKIES;
}

function withoutAnyCookie({ header, ...others }: Conditions): Conditions {
  const { [COOKIES]: cookie, ...headers } = header ?? {};
  const is_any = typeof cookie === 'object' && cookie !== null && 'exists' in cookie;
  return { ...others, header: is_any ? headers : (header ?? {}) };
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function namesRedirect({ status }: Conditions): boolean {
  return [status ?? []].flat().some((it) => REDIRECTS.has(it));
}

function saysNothing({ status, ...others }: Conditions): boolean {
  const statuses = [status ?? []].flat();
  const has_others = Object.values(others).some((it) => it !== undefined);
  if (statuses.some((it) => it >= 500 || NO_STATUS_OF_INVOICES.has(it))) return true;
  return statuses.length === 0 && !has_others;
}

/**
 * What a page of maintenance, or of a login, meets as well as an answer of the system. That an
 * answer is JSON or XML shows whose it is, and is asked for with each place in it.
 */
function isAnybodys(key: 'found' | 'absent', conditions: Conditions): boolean {
  const { status, json, xml, header } = conditions;
  if (namesRedirect(conditions) && !showsSomething({ header })) return true;
  if (tellsAnswer(conditions) || json !== undefined || xml !== undefined) return false;
  return key === 'absent' || status === undefined;
}
