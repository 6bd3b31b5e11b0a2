import { type HttpSettings, STEP_FUNCTIONS } from './shape.ts';
import { type HttpStep, METHOD_KEYS } from './step.ts';
import type { SettingsProblem } from './value-problems.ts';

/** The methods of steps that may change something there: no GET, and not said to be safe. */
export function unsafeSteps(settings: HttpSettings): SettingsProblem['path'][] {
  return STEP_FUNCTIONS.flatMap((fn) =>
    (settings[fn] ?? []).flatMap((step, at) => {
      const key = METHOD_KEYS.find((it) => step[it] !== undefined);
      const reads = (key === 'get' || key === 'head') && !isTakenForAnother(step);
      return key === undefined || reads || step.safe ? [] : [[fn, at, key]];
    }),
  );
}

const OVERRIDES = /^x-(?:http-)?method(?:-override)?$/i;

/** Many servers take such a request for one of the method that it names. */
function isTakenForAnother({ get, head, headers = {}, query = {} }: HttpStep): boolean {
  if (Object.keys(headers).some((it) => OVERRIDES.test(it))) return true;
  const names = Object.keys(query);
  return names.some((it) => /^_method$/i.test(it)) || /[?&]_method=/i.test(get ?? head ?? '');
}
