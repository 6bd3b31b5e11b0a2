import { LOCALES, type Locale } from '../model/vocabulary.ts';
import { fillFallback } from './fallback.ts';
import { createFill, type Params } from './fill.ts';

/** The messages of a subject by language. */
export type Catalogues<Key extends string> = Partial<Record<Locale, Partial<Record<Key, string>>>>;

/** Renders a message with its parameters. */
export type Text<Key extends string> = (key: Key, params?: Params) => string;

/** Is shown each message as it is said. */
export type Witness = (key: string, params: Params) => void;

let witness: Witness | null = null;

/**
 * Shows a witness, or nobody, every message from now on; gives back who was shown them before.
 * Only tests do, which refuse what is not so.
 */
export function witnessTexts(next: Witness | null): Witness | null {
  const before = witness;
  witness = next;
  return before;
}

/**
 * Creates the lookup of a subject's messages in one language, with visible fallback to others.
 * Every message must exist in some language.
 */
export function createText<Key extends string>(
  catalogues: Catalogues<Key>,
  locale: Locale,
): Text<Key> {
  const own = catalogues[locale];
  const fill = createFill(locale);
  return (key, params = {}) => {
    witness?.(key, params);
    const message = own?.[key];
    return message === undefined ? fallback(catalogues, key, params) : fill(message, params);
  };
}

function fallback<Key extends string>(
  catalogues: Catalogues<Key>,
  key: Key,
  params: Params,
): string {
  for (const language of LOCALES) {
    const message = catalogues[language]?.[key];
    if (message !== undefined) return fillFallback(message, params, language);
  }
  throw new Error(`No language has the message ${key}`);
}
