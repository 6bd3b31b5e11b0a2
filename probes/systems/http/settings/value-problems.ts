import { KEY_NAMES, SPECIMEN_NAMES } from '../template/invoice-values.ts';
import { MOMENT_NAMES } from '../template/moment-values.ts';
import { namesIn, readTemplate } from '../template/template.ts';
import { SIGNED_NAMES } from './credentials.ts';
import { filledTexts, namesWithTemplates } from './filled-texts.ts';
import { type HttpSettings, STEP_FUNCTIONS, type StepFunction } from './shape.ts';
import { type HttpStep, METHOD_KEYS } from './step.ts';

export interface SettingsProblem {
  path: readonly (string | number)[];
  message: string;
}

/** Names that steps of a function know besides those of the configuration. */
const OWN_NAMES: Record<StepFunction, readonly string[]> = {
  reach: MOMENT_NAMES,
  login: MOMENT_NAMES,
  issue: [...MOMENT_NAMES, ...KEY_NAMES, ...SPECIMEN_NAMES],
  upload: [...MOMENT_NAMES, ...KEY_NAMES, ...SPECIMEN_NAMES],
  query: [...MOMENT_NAMES, ...KEY_NAMES],
  download: [...MOMENT_NAMES, ...KEY_NAMES, 'format'],
  deliver: [...MOMENT_NAMES, ...KEY_NAMES],
  verify: [...MOMENT_NAMES, ...KEY_NAMES],
  api: MOMENT_NAMES,
};
const EVERY_NAME = new Set([...Object.values(OWN_NAMES).flat(), ...SIGNED_NAMES]);

/** Templates that cannot be filled in, and names that mean two things. */
export function valueProblems(settings: HttpSettings): SettingsProblem[] {
  const { values, secrets } = settings;
  const common = [...Object.keys(values), ...Object.keys(secrets)];
  const taken = common.filter((name) => EVERY_NAME.has(name));
  const twice = Object.keys(secrets).filter((name) => Object.hasOwn(values, name));
  return [
    ...taken.map((name) => ({
      path: [Object.hasOwn(values, name) ? 'values' : 'secrets', name],
      message: 'is a value of every step already; expected another name',
    })),
    ...twice.map((name) => ({ path: ['secrets', name], message: 'is one of values, too' })),
    ...STEP_FUNCTIONS.flatMap((fn) => problemsOfSteps(fn, settings[fn] ?? [], common)),
    ...signProblems(settings, common),
  ];
}

function problemsOfSteps(
  fn: StepFunction,
  steps: readonly HttpStep[],
  common: readonly string[],
): SettingsProblem[] {
  const known = new Set([...OWN_NAMES[fn], ...common]);
  const captured = new Set<string>();
  return steps.flatMap((step, at) => {
    const problems: SettingsProblem[] = filledTexts(step, [fn, at]).flatMap(({ text, path }) =>
      problemOf(text, known).map((message) => ({ path, message })),
    );
    for (const path of namesWithTemplates(step, [fn, at])) {
      problems.push({ path, message: 'is a name, into which no value is put' });
    }
    problems.push(...addressProblems(fn, step, at, captured));
    for (const name of Object.keys(step.capture ?? {})) {
      if ([...OWN_NAMES[fn], ...common].includes(name)) {
        const message = 'is a value already; expected another name';
        problems.push({ path: [fn, at, 'capture', name], message });
      }
      known.add(name);
      captured.add(name);
    }
    return problems;
  });
}

/** A whole address comes from an answer, and is only read from. */
function addressProblems(
  fn: StepFunction,
  step: HttpStep,
  at: number,
  captured: ReadonlySet<string>,
): SettingsProblem[] {
  return METHOD_KEYS.flatMap((key) => {
    const text = step[key];
    if (text === undefined || text.startsWith('/') || 'problem' in readTemplate(text)) return [];
    const path = [fn, at, key];
    if (key !== 'get' && key !== 'head') return { path, message: 'must start with /' };
    return namesIn(text).every((name) => captured.has(name))
      ? []
      : { path, message: 'must start with /, or be an address captured by an earlier step' };
  });
}

function signProblems({ sign }: HttpSettings, common: readonly string[]): SettingsProblem[] {
  if (sign === undefined) return [];
  const known = new Set([...MOMENT_NAMES, ...SIGNED_NAMES, ...common]);
  return problemOf(sign.text, known).map((message) => ({ path: ['sign', 'text'], message }));
}

function problemOf(text: string, known: ReadonlySet<string>): string[] {
  const read = readTemplate(text);
  if ('problem' in read) return [read.problem];
  const unknown = namesIn(text).filter((name) => !known.has(name));
  return unknown.map((name) => `there is no value "${name}" here; known: ${listed(known)}`);
}

function listed(names: ReadonlySet<string>): string {
  return [...names].toSorted().join(', ');
}
