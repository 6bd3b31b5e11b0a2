import { REVALIDATE } from '../../http/headers.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { type Prepared, prepare } from './prepared.ts';

const ID = /^[a-z0-9]{12}$/;

/** Pages of which there are many, each about one thing with an id. */
export interface PagesOnDemand {
  /** The page; null when there is no such thing. */
  find(id: string, locale: Locale): Promise<Prepared | null>;
  /** Pages made so far may be out of date. */
  forget(): void;
}

/** Makes pages when somebody asks, each once until `forget`: a crowd costs one rendering. */
export function createPagesOnDemand(
  /** The HTML of a page; null when there is no such thing. */
  draw: (id: string, locale: Locale) => Promise<string | null>,
): PagesOnDemand {
  const pages = new Map<string, Promise<Prepared | null>>();

  async function make(id: string, locale: Locale): Promise<Prepared | null> {
    const html = await draw(id, locale);
    if (html === null) return null;
    return prepare(html, {
      'content-type': 'text/html; charset=utf-8',
      'content-language': locale,
      'cache-control': REVALIDATE,
    });
  }

  return {
    async find(id, locale) {
      if (!ID.test(id)) return null;
      const key = `${locale} ${id}`;
      const making = pages.get(key) ?? make(id, locale);
      pages.set(key, making);
      const page = await making.catch((error) => {
        pages.delete(key);
        throw error;
      });
      // What does not exist is not remembered, so that guessing ids fills no memory.
      if (page === null) pages.delete(key);
      return page;
    },
    forget: () => pages.clear(),
  };
}
