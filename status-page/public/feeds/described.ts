import { z } from '@hono/zod-openapi';
import type { Languages } from '../../../model/vocabulary.ts';
import {
  type DescribedOperation,
  inLanguages,
  NO_LANGUAGE,
  notModified,
  PUBLISHED_HEADERS,
  pageOrProblem,
} from '../../kit/described.ts';
import { FEEDS } from '../../kit/feeds.ts';
import { jsonFeedDocument } from './json-feed-schema.ts';

/** The operations of feeds and calendar: in the first language of the page, and in a named one. */
export function feedOperations(languages: Languages): DescribedOperation[] {
  return FEEDS.flatMap(({ name, file, type, about }) => {
    const operation = `get${name.replaceAll(' ', '')}`;
    const common = {
      method: 'get' as const,
      tags: ['feeds'],
      summary: about,
      responses: {
        200: {
          description: 'As it is published.',
          headers: PUBLISHED_HEADERS,
          content: { [type]: { schema: /json$/.test(type) ? jsonFeedDocument : z.string() } },
        },
        304: notModified(PUBLISHED_HEADERS),
        503: pageOrProblem(503),
      },
    };
    return [
      { ...common, operationId: operation, path: `/${file}` },
      {
        ...common,
        operationId: `${operation}InLanguage`,
        path: `/{lang}/${file}`,
        request: { params: inLanguages(languages) },
        responses: { ...common.responses, 404: pageOrProblem(404, NO_LANGUAGE) },
      },
    ];
  });
}
