import { joinedInChinese } from './chinese-spaces.ts';

/** Parameters of a message: texts as they are, numbers formatted for the language. */
export type Params = Record<string, string | number>;

/** Replaces the placeholders of a message, with the spaces that its language has around them. */
export type Fill = (message: string, params: Params) => string;

/** `{name}`, or `{n|invoice|invoices}`: the form for the number in parameter `n`. */
const PLACEHOLDER = /\{(\w+)((?:\|[^|}]*)*)\}/g;

/** The order of plural forms in a message; a language omits categories it does not distinguish. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

/**
 * Creates the formatter of messages in a language.
 * @throws when a parameter of the message is missing
 */
export function createFill(locale: string): Fill {
  const number = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  const distinguished = rules.resolvedOptions().pluralCategories;
  const categories = CATEGORIES.filter((it) => distinguished.includes(it));
  const formFor = (n: number, forms: readonly string[]) =>
    forms[categories.indexOf(rules.select(n))] ?? forms.at(-1) ?? '';

  const filledIn = (params: Params, message: string, name: string, forms: string) => {
    const value = params[name];
    if (value === undefined) {
      throw new Error(`The message "${message}" needs the parameter ${name}`);
    }
    if (forms !== '') return formFor(Number(value), forms.slice(1).split('|'));
    return typeof value === 'number' ? number.format(value) : value;
  };
  const join = new Intl.Locale(locale).language === 'zh' ? joinedInChinese : joined;

  return (message, params) => {
    let text = '';
    let end = 0;
    for (const { 0: all, 1: name = '', 2: forms = '', index } of message.matchAll(PLACEHOLDER)) {
      text = join(text, message.slice(end, index));
      text = join(text, filledIn(params, message, name, forms));
      end = index + all.length;
      // Nothing was put in yet, which leaves no space either.
      if (text === '' && message[end] === ' ') end += 1;
    }
    return join(text, message.slice(end));
  };
}

function joined(left: string, right: string): string {
  return left + right;
}
