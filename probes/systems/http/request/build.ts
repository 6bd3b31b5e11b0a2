import { REQUEST_METHODS, type Request } from '../../../exchange/answer.ts';
import type { Sign } from '../settings/credentials.ts';
import { type HttpStep, METHOD_KEYS } from '../settings/step.ts';
import { rendered, type Values } from '../template/template.ts';
import { type BodyContext, bodyOf, fieldsOf, sentBody, withField } from './body.ts';
import { type Charset, percentEncoded } from './encode.ts';
import { signatureOf } from './signature.ts';
import { UnfitAddress, UnfitValue } from './unfit-value.ts';

export interface BuildContext extends BodyContext {
  /** The address of the system, without a slash at its end. */
  base: string;
  /** null: the step is not signed. */
  sign: Sign | null;
  /** Of the credentials. */
  auth_headers: Record<string, string>;
  /** Where the answer came from in which a captured address stood; null: there is none. */
  captured_at: URL | null;
}

/**
 * The request of a step, signed. To other origins than the system's go no headers, parameters and
 * cookies.
 * @throws {UnfitValue} when a value cannot stand where it should
 */
export function requestOf(
  step: HttpStep,
  context: BuildContext,
): Required<Pick<Request, 'method' | 'url' | 'headers'>> & Pick<Request, 'body' | 'own_cookies'> {
  const { values, charset, base, sign } = context;
  const { method, path } = lineOf(step);
  const address = addressOf(path, context);
  const query: [string, string][] = Object.entries(step.query ?? {}).map(([name, value]) => [
    name,
    rendered(value, values),
  ]);
  const headers = headersOfStep(step, values);
  let body = bodyOf(step, context);
  if (sign !== null) {
    const parts = {
      http_method: method,
      path: address.pathname,
      query,
      fields: fieldsOf(body),
      body: sentBody(body, charset)?.text ?? '',
    };
    const signature = signatureOf(sign, parts, values, charset);
    if ('header' in sign.into) headers[sign.into.header.toLowerCase()] = signature;
    else if ('query' in sign.into) query.push([sign.into.query, signature]);
    else body = withField(body, sign.into.field, signature);
  }
  const sent = sentBody(body, charset);
  // An address that an answer gave may be anybody's: it gets nothing of ours.
  if (address.origin !== new URL(base).origin) {
    return { method, url: address, headers: {}, own_cookies: true };
  }
  return {
    method,
    url: withQuery(address, query, charset),
    headers: {
      ...(sent === null ? {} : { 'content-type': sent.type }),
      ...context.auth_headers,
      ...headers,
    },
    ...(sent === null ? {} : { body: sent.bytes }),
  };
}

function lineOf(step: HttpStep) {
  const key = METHOD_KEYS.find((it) => step[it] !== undefined) ?? 'get';
  const method = REQUEST_METHODS.find((it) => it.toLowerCase() === key) ?? 'GET';
  return { method, path: step[key] ?? '/' };
}

/** Values are parts of segments: they add none, and cannot lead upwards. */
function addressOf(path: string, { values, charset, base, captured_at }: BuildContext): URL {
  if (!path.startsWith('/')) return capturedAddress(rendered(path, values), captured_at ?? base);
  const filled = rendered(path, values, (value) => percentEncoded(value, charset));
  const [pathname = ''] = filled.split('?');
  if (pathname.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) {
    throw new UnfitValue('a value of the path is "." or ".."');
  }
  return new URL(`${base}${filled}`);
}

/** A relative one means what it means in its answer, as to a browser. */
function capturedAddress(text: string, from: URL | string): URL {
  const url = URL.parse(text, from);
  const is_web = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === null || !is_web) throw new UnfitAddress('the captured address is no web address');
  url.username = '';
  url.password = '';
  return url;
}

function withQuery(url: URL, query: readonly [string, string][], charset: Charset): URL {
  if (query.length === 0) return url;
  const pairs = query.map((pair) => pair.map((it) => percentEncoded(it, charset)).join('='));
  const next = new URL(url);
  next.search = [url.search.slice(1), ...pairs].filter((it) => it !== '').join('&');
  return next;
}

/** No value ends a header and begins another. */
function headersOfStep({ headers = {} }: HttpStep, values: Values): Record<string, string> {
  const entries = Object.entries(headers).map(([name, template]) => {
    const value = rendered(template, values);
    if (!/^[\t\x20-\x7e]*$/.test(value)) {
      throw new UnfitValue(`the header ${name} has a value that headers cannot have`);
    }
    return [name, value];
  });
  return Object.fromEntries(entries);
}
