import type { Params } from '../../../messages/fill.ts';

/** What has to be the case where a message is said. */
export interface Fact {
  /** In one line, with the field or state that it comes from; null: it claims nothing. */
  is: string | null;
  /** What the parameters show to be otherwise, in words; null: nothing. */
  denied(params: Params): string | null;
}

/** A fact for every message of a subject, and no other. */
export type Facts<Key extends string> = Record<Key, Fact>;

/** One thing that the parameters have to show; gives back what they show instead. */
export type Condition = ((params: Params) => string | null) & {
  /** A parameter that may be empty. */
  optional?: string;
};

/** Of names, headings, buttons, questions and hints, which claim nothing. */
export const label = fact(null);

/** A fact, with what the parameters show of it. */
export function fact(is: string | null, ...conditions: readonly Condition[]): Fact {
  const optional = conditions.flatMap((it) => it.optional ?? []);
  return {
    is,
    denied: (params) =>
      emptyParameter(params, optional) ??
      conditions.reduce<string | null>((found, condition) => found ?? condition(params), null),
  };
}

/** What is filled in has to be something. */
function emptyParameter(params: Params, optional: readonly string[]): string | null {
  for (const [name, value] of Object.entries(params)) {
    const is_number = typeof value === 'number';
    if (is_number && !(Number.isSafeInteger(value) && value >= 0)) return `${name} is ${value}`;
    if (is_number || optional.includes(name)) continue;
    if (value.trim() === '') return `${name} is empty`;
    if (/^(undefined|null|NaN|Invalid Date|\[object .*\])$/.test(value))
      return `${name} is ${value}`;
  }
  return null;
}

/** At least one of what is counted. */
export function some(name: string): Condition {
  return atLeast(name, 1);
}

export function atLeast(name: string, least: number): Condition {
  return (params) => (countOf(params, name) >= least ? null : `${name} is ${params[name]}`);
}

export function fewerThan(name: string, most: number): Condition {
  return (params) => (countOf(params, name) < most ? null : `${name} is ${params[name]}`);
}

/** A part of a whole. */
export function partOf(part: string, whole: string): Condition {
  return (params) =>
    countOf(params, part) <= countOf(params, whole) ? null : `${part} is more than ${whole}`;
}

function countOf(params: Params, name: string): number {
  return Number(String(params[name]).replaceAll(/[^\d.-]/g, ''));
}

/** A length that is none of nothing: "0 s" is no time. */
export function lasting(name: string): Condition {
  return (params) =>
    /^[-\u2212]|^0[^\d.]/.test(String(params[name])) ? `${name} lasts nothing` : null;
}

/** A time, with the digits of one. */
export function time(...names: string[]): Condition {
  return (params) => {
    const other = names.find((name) => !/\d/.test(String(params[name])));
    return other === undefined ? null : `${other} is no time`;
  };
}

/** Percentages from 0 to 100: one, or a range. */
export function percent(name: string): Condition {
  return (params) => {
    const shares = String(params[name]).match(/-?[\d.]+(?=%)/g) ?? [];
    const is_share = shares.every((it) => Number(it) >= 0 && Number(it) <= 100);
    return shares.length > 0 && is_share ? null : `${name} is no share`;
  };
}

/** Two things that are not the same. */
export function apart(a: string, b: string): Condition {
  return (params) => (params[a] === params[b] ? `${a} is ${b}` : null);
}

/** What is left out where there is nothing to say. */
export function optional(name: string): Condition {
  return Object.assign(() => null, { optional: name });
}
