/** What is put into a message: a text as it is, a number as the language writes it. */
export type Params = Record<string, string | number>;

/** Puts parameters into a message. */
export type Fill = (message: string, params: Params) => string;

/** `{name}`, or `{n|invoice|invoices}`: the form for the number in parameter `n`. */
const PLACEHOLDER = /\{(\w+)((?:\|[^|}]*)*)\}/g;

/** The order of the forms in a message; a language leaves out what it does not tell apart. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

/**
 * Puts parameters into messages of a language.
 * @throws when a message names a parameter that is not there
 */
export function createFill(locale: string): Fill {
  const number = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  const told_apart = rules.resolvedOptions().pluralCategories;
  const categories = CATEGORIES.filter((it) => told_apart.includes(it));
  const formFor = (n: number, forms: readonly string[]) =>
    forms[categories.indexOf(rules.select(n))] ?? forms.at(-1) ?? '';

  return (message, params) =>
    message.replace(PLACEHOLDER, (_, name: string, forms: string) => {
      const value = params[name];
      if (value === undefined) {
        throw new Error(`The message "${message}" needs the parameter ${name}`);
      }
      if (forms !== '') return formFor(Number(value), forms.slice(1).split('|'));
      return typeof value === 'number' ? number.format(value) : value;
    });
}
