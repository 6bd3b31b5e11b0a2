import { createRequire } from 'node:module';
import type * as JsonP3 from 'json-p3';
import { patternProblem } from './pattern.ts';
import { Unread } from './unread.ts';

/** Loaded with the first system that needs it. */
const require = createRequire(import.meta.url);
const library = (): typeof JsonP3 => require('json-p3');

/** As many values as anybody needs from an answer. */
const MOST_VALUES = 1_000;
/** As deep as `..` searches; as XML is read. */
const MOST_DEPTH = 256;

let environment: JsonP3.JSONPathEnvironment | null = null;
/** By path. They are of the configuration, so they are not many. */
const compiled = new Map<string, JsonP3.JSONPathQuery>();

function paths(): JsonP3.JSONPathEnvironment {
  environment ??= new (library().JSONPathEnvironment)({ maxRecursionDepth: MOST_DEPTH });
  return environment;
}

/** Compiling takes longer than asking an answer for a value, and a body may have 500 items. */
function queryOf(path: string): JsonP3.JSONPathQuery {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const query = paths().compile(path);
  compiled.set(path, query);
  return query;
}

/** Why this is no JSONPath (RFC 9535); null when it is. */
export function jsonPathProblem(path: string): string | null {
  try {
    paths().compile(path);
  } catch (error) {
    // With its place: 'unclosed bracketed selection ('$.a[':4)'.
    return error instanceof Error ? error.message : String(error);
  }
  // The library passes over patterns that are none, as RFC 9535 wants it of answers.
  const patterns = [...path.matchAll(/\b(?:match|search)\([^,]+,\s*(['"])(.*?)\1\s*\)/g)];
  return patterns.map(([, , pattern = '']) => patternProblem(pattern)).find((it) => it) ?? null;
}

/**
 * The values at a path; the first thousand. Takes long for some: to be called within time.
 * @throws {Unread} when it searches deeper than we read
 */
export function valuesAt(path: string, json: unknown): unknown[] {
  const values: unknown[] = [];
  try {
    for (const node of queryOf(path).lazyQuery(json as JsonP3.JSONValue)) {
      values.push(node.value);
      if (values.length === MOST_VALUES) break;
    }
  } catch (error) {
    if (!(error instanceof library().JSONPathRecursionLimitError)) throw error;
    throw new Unread('answer_too_large', `JSON deeper than ${MOST_DEPTH}`);
  }
  return values;
}
