import { createHash, createHmac, createSign } from 'node:crypto';
import type { Sign } from '../settings/credentials.ts';
import { rendered, type Values } from '../template/template.ts';
import { type Charset, encoded } from './encode.ts';

/** The parts of a request that a signature may be over. */
export interface SignedParts {
  http_method: string;
  path: string;
  /** Parameters of the address, and fields of the body. */
  query: readonly [string, string][];
  fields: readonly [string, string][];
  body: string;
}

/** The signature of a request by a recipe. */
export function signatureOf(
  recipe: Sign,
  parts: SignedParts,
  values: Values,
  charset: Charset,
): string {
  const { http_method, path, body } = parts;
  const own = {
    http_method,
    path,
    body,
    secret: recipe.secret ?? '',
    sorted: sorted(recipe, parts),
  };
  const named = new Map([...values.named, ...Object.entries(own)]);
  const text = rendered(recipe.text, { ...values, named });
  const digest = digested(recipe, encoded(text, charset), charset);
  if (recipe.encoding === 'base64') return digest.toString('base64');
  const hex = digest.toString('hex');
  return recipe.encoding === 'hex' ? hex : hex.toUpperCase();
}

/** Names in the order of their code units, each with its value. */
function sorted({ sorted: how, into }: Sign, { query, fields }: SignedParts): string {
  const own = 'field' in into ? into.field : 'query' in into ? into.query : null;
  const of = how.of ?? (fields.length > 0 ? 'form' : 'query');
  return (of === 'query' ? query : fields)
    .filter(([name, value]) => name !== own && !(how.skip_empty && value === ''))
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}${how.between}${value}`)
    .join(how.pairs);
}

function digested(
  { method, secret = '', key = '' }: Sign,
  bytes: Buffer,
  charset: Charset,
): Buffer {
  const algorithm = method.replace(/^(hmac|rsa)-/, '');
  if (method.startsWith('hmac')) {
    return createHmac(algorithm, encoded(secret, charset)).update(bytes).digest();
  }
  if (method.startsWith('rsa')) return createSign(algorithm).update(bytes).sign(key);
  return createHash(algorithm).update(bytes).digest();
}
