import { createHash } from 'node:crypto';

/** Stands in place of what is shown to nobody. */
export const CONCEALED = '•••';

/** Names of headers, parameters and fields whose values are secrets of somebody. */
const SECRET_NAME = '[\\w.-]*(?:secret|password|token|key|jwt|authorization|cookie)';
const IN_JSON = new RegExp(`("${SECRET_NAME}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'gi');
const IN_PAIRS = new RegExp(`((?:^|[?&])${SECRET_NAME}=)[^&\\s]+`, 'gim');
const IN_XML = new RegExp(`(<${SECRET_NAME}>)[^<]*`, 'gi');
const OF_HEADERS = new RegExp(`^${SECRET_NAME}$`, 'i');

/** The text without these secrets, in whichever form a template may have put them there. */
export function concealed(text: string, secrets: Iterable<string>): string {
  const forms = [...secrets].flatMap(formsOf).filter((form) => form !== '');
  const shown = forms
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, form) => rest.replaceAll(form, CONCEALED), text);
  return [IN_JSON, IN_PAIRS, IN_XML].reduce(
    (rest, expression) => rest.replace(expression, `$1${CONCEALED}`),
    shown,
  );
}

/** Values that a text gives names of secrets, such as a token that a login answers. */
export function secretsNamedIn(text: string): string[] {
  const matches = [IN_JSON, IN_PAIRS, IN_XML].flatMap((it) => [...text.matchAll(it)]);
  return matches.map(([all, named = '']) => all.slice(named.length)).filter((it) => it.length > 3);
}

export function isSecretHeader(name: string): boolean {
  return OF_HEADERS.test(name);
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const escaped = JSON.stringify(secret).slice(1, -1);
  const in_form = new URLSearchParams({ a: secret }).toString().slice(2);
  const digests = ['md5', 'sha1', 'sha256'].map((algorithm) =>
    createHash(algorithm).update(bytes).digest('hex'),
  );
  const base64 = bytes.toString('base64');
  const plain = [secret, escaped, encodeURIComponent(secret), in_form, bytes.toString('hex')];
  const others = [...plain, ...digests].flatMap((it) => [it, it.toUpperCase(), it.toLowerCase()]);
  return [...new Set([...others, base64, encodeURIComponent(base64)])];
}
