import { createHash } from 'node:crypto';

/** Stands in place of what is shown to nobody. */
export const CONCEALED = '•••';

/** Names of headers, parameters and fields whose values are secrets of somebody. */
const SECRET_NAME = '[\\w.-]*(?:secret|password|token|key|jwt|authorization|cookie)';
const OF_XML = `(?:[\\w.-]+:)?${SECRET_NAME}`;
const OF_HEADERS = new RegExp(`^${SECRET_NAME}$`, 'i');

/** What stands before such a value, and the value, wherever it is named. */
const NAMED = [
  // In JSON: a text, or a number.
  new RegExp(`("${SECRET_NAME}"\\s*:\\s*")((?:[^"\\\\]|\\\\.)*)`, 'gi'),
  new RegExp(`("${SECRET_NAME}"\\s*:\\s*)(-?\\d[\\d.eE+-]*)`, 'gi'),
  // In JSON as a text of JSON.
  new RegExp(`(\\\\+"${SECRET_NAME}\\\\+"\\s*:\\s*(?:\\\\+")?)([^"\\\\,}\\s][^"\\\\,}]*)`, 'gi'),
  // In forms and addresses.
  new RegExp(`((?:^|[?&;])${SECRET_NAME}=)([^&;\\s]+)`, 'gim'),
  // In XML: an element, one with characters that need no escape, an attribute.
  new RegExp(`(<${OF_XML}(?:\\s[^<>]*)?>\\s*)([^<\\s][^<]*)`, 'gi'),
  new RegExp(`(<${OF_XML}(?:\\s[^<>]*)?>\\s*<!\\[CDATA\\[)((?:[^\\]]|\\](?!\\]>))+)`, 'gi'),
  new RegExp(`(\\s${OF_XML}\\s*=\\s*")([^"]+)`, 'gi'),
  new RegExp(`(\\s${OF_XML}\\s*=\\s*')([^']+)`, 'gi'),
];

/** Shorter values stand anywhere, by chance. */
const LEAST = 4;

/** The text without these secrets, in whichever form a template may have put them there. */
export function concealed(text: string, secrets: Iterable<string>): string {
  const forms = [...secrets].flatMap(formsOf).filter((form) => form !== '');
  const shown = [...new Set(forms)]
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, form) => rest.replaceAll(form, CONCEALED), text);
  return NAMED.reduce((rest, expression) => rest.replace(expression, `$1${CONCEALED}`), shown);
}

/** Values that a text gives names of secrets, such as a token that a login answers. */
export function secretsNamedIn(text: string): string[] {
  const values = NAMED.flatMap((it) => [...text.matchAll(it)]).map(([, , value = '']) => value);
  return values.flatMap((it) => [it, ...unescaped(it)]).filter((it) => it.length >= LEAST);
}

export function isSecretHeader(name: string): boolean {
  return OF_HEADERS.test(name);
}

/** What a value is that stands escaped in JSON, XML or a form. */
function unescaped(value: string): string[] {
  const forms: string[] = [];
  try {
    forms.push(String(JSON.parse(`"${value}"`)));
  } catch {
    // It stood somewhere else.
  }
  try {
    forms.push(decodeURIComponent(value.replaceAll('+', ' ')));
  } catch {
    // It stood somewhere else.
  }
  forms.push(
    value.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES_READ[name] ?? ''),
  );
  return forms;
}

const ENTITIES_READ: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const digests = ['md5', 'sha1', 'sha256'].map((algorithm) =>
    createHash(algorithm).update(bytes).digest('hex'),
  );
  const base64 = bytes.toString('base64');
  const plain = [secret, ...inJson(secret), ...inXml(secret), ...inForms(secret)];
  const others = [...plain, bytes.toString('hex'), ...digests];
  return [
    ...others.flatMap((it) => [it, it.toUpperCase(), it.toLowerCase()]),
    ...[base64, bytes.toString('base64url')].flatMap((it) => [it, ...inForms(it)]),
  ];
}

/** As JSON.stringify writes it, as PHP and Python do, and each within a text of JSON. */
function inJson(text: string): string[] {
  const once = JSON.stringify(text).slice(1, -1);
  const in_ascii = once.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const all = [once, in_ascii].flatMap((it) => [it, it.replaceAll('/', '\\/')]);
  return all.flatMap((it) => [it, JSON.stringify(it).slice(1, -1)]);
}

/** With quotes escaped, or left as they are within an element. */
function inXml(text: string): string[] {
  const within = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const in_attributes = within.replaceAll('"', '&quot;');
  const with_quotes = ['&apos;', '&#39;', '&#x27;'].map((it) => in_attributes.replaceAll("'", it));
  return [within, in_attributes, ...with_quotes];
}

/** By each of the usual escapings: which characters stay as they are differs. */
function inForms(text: string): string[] {
  const strict = [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (/[\w.~-]/.test(character)) return character;
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
  const by_url = new URLSearchParams({ a: text }).toString().slice(2);
  const loose = text.isWellFormed() ? encodeURIComponent(text) : strict;
  const in_address = text.isWellFormed() ? encodeURI(text) : strict;
  return [strict, strict.replaceAll('%20', '+'), by_url, loose, in_address].flatMap((it) => [
    it,
    it.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
  ]);
}
