import { describe, expect, it } from 'vitest';
import { CATALOGUES } from '../../messages/catalogue.ts';
import { LOCALES } from '../../model/vocabulary.ts';

/** Parameters of a text, `{name}`, each once, in the order of the alphabet. */
function parameters(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].toSorted();
}

describe('every language', () => {
  const [reference, ...others] = LOCALES;

  it.each(others)('%s has the same keys as the first', (locale) => {
    expect(Object.keys(CATALOGUES[locale] ?? {}).toSorted()).toEqual(
      Object.keys(CATALOGUES[reference] ?? {}).toSorted(),
    );
  });

  it.each(others)('%s has the same parameters in every text', (locale) => {
    const of = (name: (typeof LOCALES)[number]) =>
      Object.fromEntries(
        Object.entries(CATALOGUES[name] ?? {}).map(([key, text]) => [key, parameters(text)]),
      );
    expect(of(locale)).toEqual(of(reference));
  });

  it.each(LOCALES)('%s has no empty text but separators', (locale) => {
    const empty = Object.entries(CATALOGUES[locale] ?? {}).filter(
      ([key, text]) => text.trim() === '' && !key.endsWith('separator'),
    );
    expect(empty).toEqual([]);
  });
});
