import type { Locale } from '../model/vocabulary.ts';
import { en } from './en/page.ts';
import { zhCN } from './zh-CN/page.ts';

export type MessageKey = keyof typeof zhCN;
/** A language: every key, and nothing else. */
export type Catalogue = Record<MessageKey, string>;

export const CATALOGUES: Record<Locale, Catalogue> = { 'zh-CN': zhCN, en };

/** `{name}`, or `{n|one|many}`: the form for the number in parameter `n`. */
const PLACEHOLDER = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g;

/**
 * Puts parameters into a message. A number is only looked at to choose a form; it is printed as
 * given, so format it.
 * @throws when the message names a parameter that is not there
 */
export function fill(message: string, params: Record<string, string>): string {
  return message.replace(PLACEHOLDER, (_, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined)
      throw new Error(`The message "${message}" needs the parameter ${name}`);
    if (many === undefined) return value;
    return value === '1' ? (one ?? '') : many;
  });
}
