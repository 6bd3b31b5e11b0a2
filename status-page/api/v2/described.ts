import { z } from '@hono/zod-openapi';
import type { Languages } from '../../../model/vocabulary.ts';
import {
  type DescribedOperation,
  inLanguages,
  NO_LANGUAGE,
  notModified,
  PUBLISHED_HEADERS,
  problemAnswer,
  problems,
} from '../../kit/described.ts';
import type { V2File } from './documents.ts';
import { V2_SCHEMAS, v2Page } from './schemas.ts';

const files = Object.keys(V2_SCHEMAS) as V2File[];

/** The operations of the Statuspage API: in the language asked for, and in a named one. */
export function v2Operations(languages: Languages): DescribedOperation[] {
  return files.flatMap((file) => operationsOf(file, languages));
}

function operationsOf(file: V2File, languages: Languages): DescribedOperation[] {
  const { name, summary, shape } = V2_SCHEMAS[file];
  const schema = z.object({ page: v2Page, ...shape }).openapi(`V2${name}Document`);
  const common = {
    method: 'get' as const,
    tags: ['state'],
    summary,
    responses: {
      200: {
        description: 'As it is published.',
        headers: PUBLISHED_HEADERS,
        content: { 'application/json': { schema } },
      },
      304: notModified(PUBLISHED_HEADERS),
      ...problems(503),
    },
  };
  return [
    {
      ...common,
      operationId: `get${name}`,
      path: `/api/v2/${file}`,
      request: { headers: acceptLanguage },
    },
    {
      ...common,
      operationId: `get${name}InLanguage`,
      path: `/{lang}/api/v2/${file}`,
      request: { params: inLanguages(languages) },
      responses: {
        ...common.responses,
        404: problemAnswer(404, { description: NO_LANGUAGE }),
      },
    },
  ];
}

const acceptLanguage = z.object({
  'accept-language': z.string().optional().openapi({
    description: 'The language of names and texts; without it the first of the page.',
  }),
});
