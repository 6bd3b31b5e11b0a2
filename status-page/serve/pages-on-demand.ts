import type { Handler } from 'hono';
import type { Words } from '../../messages/index.ts';
import type { Article } from '../kit/article.ts';
import type { PageContext } from '../kit/page-context.ts';
import { memoizeAsync } from './memoize-async.ts';
import type { Prepared } from './prepared.ts';
import { preparePage, sendPage } from './prepared-page.ts';

const ID = /^[a-z0-9]{12}$/;

/** Renders the page of an entity; null when it does not exist. */
export type RenderPage = (id: string, words: Words) => Promise<Article | null>;

/** Pages of entities with an id, rendered on demand. */
export interface PagesOnDemand {
  /** The handler of a route with an `:id`. */
  handler(render: RenderPage): Handler;
  /** Invalidates the cache. */
  forget(): void;
}

type Pages = Map<string, Promise<Prepared | null>>;

/**
 * Renders pages on demand and caches them until `forget`, so that many readers cost one rendering.
 */
export function createPagesOnDemand(): PagesOnDemand {
  const made: Pages[] = [];
  return {
    handler(render) {
      const pages: Pages = new Map();
      made.push(pages);
      return async (c: PageContext<'/:id'>) => {
        const page = await find(c, pages, render);
        return page === null ? c.notFound() : sendPage(c, page);
      };
    },
    forget() {
      for (const pages of made) pages.clear();
    },
  };
}

async function find(
  c: PageContext<'/:id'>,
  pages: Pages,
  render: RenderPage,
): Promise<Prepared | null> {
  const id = c.req.param('id');
  if (!ID.test(id)) return null;
  const key = `${c.var.words.locale} ${id}`;
  const page = await memoizeAsync(pages, key, () => make(c, id, render));
  // Misses are not cached, so that guessing ids does not fill memory.
  if (page === null) pages.delete(key);
  return page;
}

async function make(c: PageContext, id: string, render: RenderPage): Promise<Prepared | null> {
  // Evidence, and what is printed and put into chats, is read later.
  const article = await render(id, c.var.words.inFull());
  return article && preparePage(c, article);
}
