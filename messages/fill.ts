/** What is put into a message: a text as it is, a number as the language writes it. */
export type Params = Record<string, string | number>;

/** `{name}`, or `{n|invoice|invoices}`: the form for the number in parameter `n`. */
const PLACEHOLDER = /\{(\w+)((?:\|[^|}]*)*)\}/g;

/** The order of the forms in a message; a language leaves out what it does not tell apart. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

/**
 * Puts parameters into a message of a language.
 * @throws when the message names a parameter that is not there
 */
export function fill(message: string, params: Params, locale: string): string {
  return message.replace(PLACEHOLDER, (_, name: string, forms: string) => {
    const value = params[name];
    if (value === undefined) {
      throw new Error(`The message "${message}" needs the parameter ${name}`);
    }
    if (forms !== '') return formFor(Number(value), forms.slice(1).split('|'), locale);
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

function formFor(n: number, forms: readonly string[], locale: string): string {
  const rules = new Intl.PluralRules(locale);
  const told_apart = rules.resolvedOptions().pluralCategories;
  const category = CATEGORIES.filter((it) => told_apart.includes(it)).indexOf(rules.select(n));
  return forms[category] ?? forms.at(-1) ?? '';
}
