import { z } from '@hono/zod-openapi';
import { LOCALES } from '../../../model/vocabulary.ts';
import { instant } from '../../kit/described.ts';

/** What our JSON Feed has of jsonfeed.org/version/1.1. */
export const jsonFeedDocument = z
  .object({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: z.string(),
    home_page_url: z.url(),
    feed_url: z.url(),
    description: z.string(),
    language: z.enum(LOCALES),
    authors: z.array(z.object({ name: z.string() })).length(1),
    items: z
      .array(
        z.object({
          id: z.string().openapi({ format: 'uri' }),
          url: z.url(),
          title: z.string(),
          content_html: z.string(),
          date_published: instant,
          date_modified: instant,
        }),
      )
      .max(50),
  })
  .openapi('JsonFeed');
