import type { Handler } from 'hono';
import { policyFramedBy } from '../../http/headers.ts';
import type { Words } from '../../messages/index.ts';
import type { StatusOverview } from '../../model/overview.ts';
import type { Article } from '../kit/article.ts';
import type { PageContext } from '../kit/page-context.ts';
import { publishedCacheControl } from './cache-control.ts';
import { listsVersion } from './lists-version.ts';
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
  /** Follows what is published: renders anew, as of then. */
  publish(overview: StatusOverview): void;
}

type Pages = Map<string, Promise<Prepared | null>>;
/** What is published; null before the first time. */
type Published = StatusOverview | null;

/**
 * Renders pages on demand and caches them until something else is published, so that many readers
 * cost one rendering. Each says as of when it tells a state, and until when that is valid.
 */
export function createPagesOnDemand(): PagesOnDemand {
  const made: Pages[] = [];
  let published: Published = null;
  return {
    handler(render) {
      const pages: Pages = new Map();
      made.push(pages);
      return async (c: PageContext<'/:id'>) => {
        const page = await find(c, pages, (id) => make(c, render, { id, published }));
        if (page === null) return c.notFound();
        const valid_until = published?.headline.valid_until ?? null;
        const control = publishedCacheControl(valid_until, c.var.clock.now());
        return sendPage(c, page, { 'cache-control': control });
      };
    },
    publish(overview) {
      published = overview;
      for (const pages of made) pages.clear();
    },
  };
}

async function find(
  c: PageContext<'/:id'>,
  pages: Pages,
  render: (id: string) => Promise<Prepared | null>,
): Promise<Prepared | null> {
  const id = c.req.param('id');
  if (!ID.test(id)) return null;
  const key = `${c.var.words.locale} ${id}`;
  const page = await memoizeAsync(pages, key, () => render(id));
  // Misses are not cached, so that guessing ids does not fill memory.
  if (page === null) pages.delete(key);
  return page;
}

interface Asked {
  id: string;
  published: Published;
}

async function make(
  c: PageContext,
  render: RenderPage,
  { id, published }: Asked,
): Promise<Prepared | null> {
  const { clock, words } = c.var;
  const as_of = {
    at: clock.now(),
    valid_until: published?.headline.valid_until ?? null,
    version: published === null ? '' : listsVersion(published),
  };
  // Evidence, and what is printed and put into chats, is read later.
  const article = await render(id, words.inFull());
  return (
    article && preparePage(c, { ...article, as_of }, policyFramedBy(c.var.page.frame_ancestors))
  );
}
