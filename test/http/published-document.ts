import { Hono } from 'hono';
import { type ApiWingParts, createApiWing } from '../../status-page/api/v1/wing.ts';
import { otherOperations } from '../../status-page/described.ts';
import { ROUTES, type Wings } from '../../status-page/routes.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';

/** As much of an OpenAPI document as tests read. */
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { [keyword: string]: unknown }> };
}

export interface Operation {
  operationId?: string;
  security?: object[];
  parameters?: { in: string; name: string; schema?: { enum?: string[] } }[];
  responses: Record<
    string,
    { headers?: Record<string, { required?: boolean }>; content?: Record<string, object> }
  >;
}

let published: Promise<Document> | null = null;

/** The document that a page of the usual site publishes, without a page. */
export function publishedDocument(): Promise<Document> {
  published ??= readDocument();
  return published;
}

async function readDocument(): Promise<Document> {
  const configuration = siteConfiguration();
  const { languages } = configuration.page;
  const documents = otherOperations(languages);
  // The description needs nothing that would be there only beside a database.
  const parts: Partial<ApiWingParts> = { configuration, documents };
  const wing = createApiWing(parts as ApiWingParts);
  const app = new Hono();
  for (const { path, wing: name, createHandlers } of ROUTES) {
    if (name !== 'api/v1') continue;
    const handlers = createHandlers?.({ 'api/v1': wing } as Wings);
    if (path === '/api/openapi.json') app.on(['GET'], [path], ...[handlers?.GET ?? []].flat());
  }
  return (await (await app.request('/api/openapi.json')).json()) as Document;
}

/** The same, in which no object has fields but those that are described. */
export function closed<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map(closed) as Node;
  if (typeof node !== 'object' || node === null) return node;
  const inside = Object.fromEntries(Object.entries(node).map(([key, it]) => [key, closed(it)]));
  const is_open = inside.type === 'object' && 'properties' in inside;
  return (
    is_open && !('additionalProperties' in inside)
      ? { ...inside, additionalProperties: false }
      : inside
  ) as Node;
}
