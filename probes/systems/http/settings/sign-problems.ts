import type { HttpSettings } from './shape.ts';
import { type HttpStep, METHOD_KEYS } from './step.ts';
import type { SettingsProblem } from './value-problems.ts';

type Place = SettingsProblem['path'];

/** Why a step cannot be signed as the settings say. */
export function unsignedSteps(
  settings: HttpSettings,
  step: HttpStep,
  place: Place,
): SettingsProblem[] {
  const { sign } = settings;
  if (sign === undefined || !step.sign) return [];
  return [...withoutFields(sign, step, place), ...withoutText(sign, step, place)];
}

type Recipe = NonNullable<HttpSettings['sign']>;

/** A signature that is a field needs fields. */
function withoutFields({ into }: Recipe, step: HttpStep, place: Place): SettingsProblem[] {
  if (!('field' in into)) return [];
  const fields = step.form ?? step.json;
  if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return [];
  const key = METHOD_KEYS.find((it) => step[it] !== undefined) ?? 'post';
  const message = 'is signed in a field, but has no form or json with fields; or say sign: false';
  return [{ path: [...place, key], message }];
}

/** A text is signed, and what is sent of a file is none. */
function withoutText({ sorted, text }: Recipe, step: HttpStep, place: Place): SettingsProblem[] {
  const key = step.multipart ? 'multipart' : 'specimen';
  if (step[key] === undefined) return [];
  const { of } = sorted;
  const by_fields = of === 'form' || of === 'json' || (of === undefined && key === 'multipart');
  const names = [...(by_fields ? ['sorted'] : []), 'body'];
  const name = names.find((it) => new RegExp(`\\$\\{\\s*${it}\\s*[|}]`).test(text));
  const message = `has no text for \${${name}} of the signature; or say sign: false`;
  return name === undefined ? [] : [{ path: [...place, key], message }];
}
