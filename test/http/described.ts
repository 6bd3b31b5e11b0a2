import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { SECURITY_HEADERS } from '../../http/headers.ts';
import { PROBLEM_TYPE } from '../../http/problem.ts';
import { closed, type Document, type Operation, publishedDocument } from './published-document.ts';

/** A request and its answer, as they went over the wire. */
export interface Exchange {
  method: string;
  path: string;
  status: number;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  text: string;
}

/** Of the transport and of every answer, which say nothing about its content. */
const GENERAL = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'server',
  'strict-transport-security',
  'transfer-encoding',
  ...Object.keys(SECURITY_HEADERS),
]);
/** Where there is nothing but what the document describes. */
const OF_API = /^\/(?:[\w-]+\/)?(?:api|ingest)\//;

/**
 * That an answer is one that the published OpenAPI document describes: its status, its headers, its
 * type, and each field of its body.
 * @throws what is not described, else
 */
export async function expectDescribed(exchange: Exchange): Promise<void> {
  const { method, path, status } = exchange;
  const document = await publishedDocument();
  const problems = problemsOf(document, exchange);
  if (problems.length === 0) return;
  throw new Error(`${method} ${path} ${status}: ${problems.join('; ')}`);
}

/** What of the exchange is not as the document describes it. */
export function problemsOf(document: Document, exchange: Exchange): string[] {
  const { method, path, status, headers } = exchange;
  const template = findPath(document, path);
  if (template === null) {
    const is_refused = [400, 404, 421, 503].includes(status) && isProblem(exchange);
    return OF_API.test(path) && !is_refused ? ['there is no such path'] : [];
  }
  if (method === 'OPTIONS') return status === 204 && headers.allow ? [] : ['names no methods'];
  const of_method = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = document.paths[template]?.[of_method];
  if (operation === undefined) {
    const is_refused = status === 405 && headers.allow !== undefined;
    return is_refused ? [] : ['there is no such method'];
  }
  return answerProblems(document, { ...exchange, template, of_method }, operation);
}

interface Described extends Exchange {
  template: string;
  of_method: string;
}

function answerProblems(document: Document, exchange: Described, operation: Operation): string[] {
  const answer = operation.responses[exchange.status];
  if (answer === undefined) return ['there is no such status'];
  return [...headerProblems(exchange, answer.headers), ...bodyProblems(document, exchange, answer)];
}

function headerProblems({ headers }: Exchange, described: Answer['headers'] = {}): string[] {
  const names = new Map(Object.entries(described).map(([name, it]) => [name.toLowerCase(), it]));
  const unknown = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => !GENERAL.has(name) && !names.has(name));
  const missing = [...names].filter(([name, it]) => it.required && headers[name] === undefined);
  return [
    ...unknown.map((name) => `the header ${name} is not described`),
    ...missing.map(([name]) => `the header ${name} is missing`),
  ];
}

type Answer = Operation['responses'][string];

function bodyProblems(document: Document, exchange: Described, { content = {} }: Answer): string[] {
  const { headers, text, method, template, of_method, status } = exchange;
  const type = String(headers['content-type'] ?? '').replace(/;.*$/, '');
  if (Object.keys(content).length === 0) return text === '' ? [] : ['a body is not described'];
  if (content[type] === undefined) return [`the type "${type}" is not described`];
  if (method === 'HEAD' || !/json$/.test(type)) return [];
  const place = ['paths', template, of_method, 'responses', String(status), 'content', type];
  const validate = validatorOf(document, [...place, 'schema']);
  if (validate(JSON.parse(text))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`,
  );
}

/** Whether a value is as the named schema of the document has it. */
export function matchesSchema(document: Document, schema: string, value: unknown): boolean {
  return validatorOf(document, ['components', 'schemas', schema])(value);
}

function isProblem({ headers, method }: Exchange): boolean {
  return method === 'HEAD' || headers['content-type'] === PROBLEM_TYPE;
}

/** The template that a path fits, the one with fewer parameters first. */
function findPath(document: Document, path: string): string | null {
  const templates = Object.keys(document.paths).toSorted(
    (a, b) => a.split('{').length - b.split('{').length,
  );
  return templates.find((template) => patternOf(document, template).test(path)) ?? null;
}

function patternOf({ paths }: Document, template: string): RegExp {
  const parameters = Object.values(paths[template] ?? {}).flatMap((it) => it.parameters ?? []);
  const source = template.replace(/\{(\w+)\}/g, (_, name) => {
    const { schema } = parameters.find((it) => it.in === 'path' && it.name === name) ?? {};
    return schema?.enum ? `(?:${schema.enum.join('|')})` : '[^/]+';
  });
  return new RegExp(`^${source}$`);
}

const validators = new WeakMap<Document, (pointer: string) => ValidateFunction>();

function validatorOf(document: Document, place: readonly string[]): ValidateFunction {
  let compile = validators.get(document);
  if (compile === undefined) {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema(closed(document), 'document');
    const known = new Map<string, ValidateFunction>();
    compile = (pointer) => {
      const validate = known.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` });
      known.set(pointer, validate);
      return validate;
    };
    validators.set(document, compile);
  }
  const escaped = place.map((it) => it.replaceAll('~', '~0').replaceAll('/', '~1'));
  return compile(escaped.map((it) => `/${encodeURIComponent(it)}`).join(''));
}
