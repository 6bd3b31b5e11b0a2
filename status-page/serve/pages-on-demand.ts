import type { Handler } from 'hono';
import type { Words } from '../../messages/index.ts';
import type { PageDocument } from '../kit/documents.ts';
import type { PageContext } from '../kit/page-context.ts';
import { madeOnce } from './made-once.ts';
import type { Prepared } from './prepared.ts';
import { preparePage, sendPage } from './prepared-page.ts';

const ID = /^[a-z0-9]{12}$/;

/** Renders the page of a thing; null when there is no such thing. */
export type RenderPage = (id: string, words: Words) => Promise<PageDocument | null>;

/** Pages of which there are many, each about one thing with an id. */
export interface PagesOnDemand {
  /** Answers at an address with an `:id`. */
  handler(render: RenderPage): Handler;
  /** Pages made so far may be out of date. */
  forget(): void;
}

type Pages = Map<string, Promise<Prepared | null>>;

/** Makes pages when somebody asks, each once until `forget`: many readers cost one rendering. */
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
  const page = await madeOnce(pages, key, () => make(c, id, render));
  // What does not exist is not remembered, so that guessing ids fills no memory.
  if (page === null) pages.delete(key);
  return page;
}

async function make(c: PageContext, id: string, render: RenderPage): Promise<Prepared | null> {
  const document = await render(id, c.var.words);
  return document && preparePage(c, document);
}
