import type { Conditions } from './places.ts';
import { BODY_KEYS, type HttpStep, METHOD_KEYS } from './step.ts';

/** A text of a step that is a template. */
export interface FilledText {
  text: string;
  path: (string | number)[];
}

/** What is put into requests, and what answers are compared with. */
export function filledTexts(step: HttpStep, path: FilledText['path']): FilledText[] {
  const { expect, found, absent, repeat } = step;
  const conditions = { expect, found, absent, until: repeat?.until, while: repeat?.while };
  return [
    ...[...METHOD_KEYS, 'query' as const, 'headers' as const, ...BODY_KEYS].flatMap((key) =>
      textsIn(step[key], [...path, key]),
    ),
    ...Object.entries(conditions).flatMap(([key, it]) => {
      const place = key === 'until' || key === 'while' ? ['repeat', key] : [key];
      return it === undefined ? [] : comparedTexts(it, [...path, ...place]);
    }),
  ];
}

/** Patterns are no templates. */
function comparedTexts(
  { json, xml, header, ...others }: Conditions,
  path: FilledText['path'],
): FilledText[] {
  const compared = Object.entries({ json, xml, header }).flatMap(([kind, all = {}]) =>
    Object.entries(all).flatMap(([place, wanted]) =>
      typeof wanted === 'object' && wanted !== null && 'matches' in wanted
        ? []
        : textsIn(wanted, [...path, kind, place]),
    ),
  );
  return [...compared, ...textsIn(others, path)];
}

/** The places of names with a template: of fields and parameters they are sent as they stand. */
export function namesWithTemplates(step: HttpStep, path: FilledText['path']) {
  return (['query', 'json', 'form', 'multipart'] as const).flatMap((key) =>
    keysIn(step[key], [...path, key]).filter((place) => /\$\{/.test(String(place.at(-1)))),
  );
}

function keysIn(value: unknown, path: FilledText['path']): FilledText['path'][] {
  if (typeof value !== 'object' || value === null) return [];
  const is_list = Array.isArray(value);
  return Object.entries(value).flatMap(([key, item]) => {
    const place = [...path, is_list ? Number(key) : key];
    return [...(is_list ? [] : [place]), ...keysIn(item, place)];
  });
}

function textsIn(value: unknown, path: FilledText['path']): FilledText[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (Array.isArray(value)) return value.flatMap((item, at) => textsIn(item, [...path, at]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
}
