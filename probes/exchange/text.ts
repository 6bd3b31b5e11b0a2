import { type Token, Tokenizer, TokenizerMode } from 'parse5';
import type { Answer } from './answer.ts';
import { type Attempt, failed, succeeded } from './failure.ts';

/** A charset is searched for in so many bytes in any case, and further while in the head. */
const HEAD_BYTES = 1_024;
/** Nobody has a longer head. */
const MAX_HEAD_BYTES = 262_144;

/** Charsets that browsers know and refuse to read, because they were used to smuggle scripts. */
const REFUSED = /^(replacement|hz-gb-2312|(cs)?iso-?2022-?(kr|cn|cn-ext))$/i;

/**
 * The text of an answer, decoded as Chromium decodes it: by its byte order mark, by the header, by
 * what the document says of itself (<meta>, XML declaration), and else by what it looks like: UTF-8
 * if valid, GB 18030 if not. Unknown labels are passed over, as by browsers. Labels and decoders
 * are those of the WHATWG Encoding Standard. Fails as `unknown_charset` for the charsets that no
 * browser decodes.
 */
export function textOf({ headers, body }: Pick<Answer, 'headers' | 'body'>): Attempt<string> {
  const label = markOf(body) ?? headerLabel(headers) ?? ownLabel(body);
  if (label === null) return succeeded(guessed(body));
  if (REFUSED.test(label)) return failed('unreadable', 'unknown_charset', 'a charset out of use');
  return succeeded(new TextDecoder(label).decode(body));
}

/** Media type of an answer in lower case, such as `text/html`; null when it has none. */
export function mediaType(headers: Answer['headers']): string | null {
  const type = headerValue(headers).split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[^/\s]+\/[^/\s]+$/.test(type) && type !== '*/*' ? type : null;
}

/** The last Content-Type, as in a browser, where there are several. */
function headerValue(headers: Answer['headers']): string {
  const values = [headers['content-type'] ?? ''].flat().flatMap((it) => it.split(/,(?=\s*\w+\/)/));
  return values.at(-1) ?? '';
}

function markOf(body: Buffer): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  return body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : null;
}

function headerLabel(headers: Answer['headers']): string | null {
  const found = /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(headerValue(headers))?.[1];
  return known(found);
}

/** The label if a browser knows it, decoded or refused. */
function known(label: string | undefined): string | null {
  if (label === undefined) return null;
  if (REFUSED.test(label.trim())) return label.trim();
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/** What the document says; it can be read as ASCII, so it is not UTF-16. */
function ownLabel(body: Buffer): string | null {
  const start = body.subarray(0, HEAD_BYTES).toString('latin1');
  const declared = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]+)["']/.exec(start)?.[1];
  return inAscii(known(declared)) ?? metaLabel(body);
}

function inAscii(label: string | null): string | null {
  if (label === null) return null;
  if (label.startsWith('utf-16')) return 'utf-8';
  return label === 'x-user-defined' ? 'windows-1252' : label;
}

/** Elements that do not end the head when a charset is searched for. */
const IN_HEAD = /^(script|noscript|style|link|meta|object|title|base)$/;

/** The charset of the first <meta> that names one, found as Chromium does while it loads. */
function metaLabel(body: Buffer): string | null {
  let label: string | null = null;
  let in_head = true;
  const ignored = () => {};
  const tokenizer = new Tokenizer(
    {},
    {
      onStartTag(tag) {
        const { tagName: name } = tag;
        tokenizer.state = TEXT_STATES.get(name) ?? TokenizerMode.DATA;
        if (name === 'meta') label ??= inAscii(known(charsetOf(tag)));
        if (!IN_HEAD.test(name) && name !== 'html' && name !== 'head') in_head = false;
      },
      onEndTag({ tagName: name }) {
        if (!IN_HEAD.test(name)) in_head = false;
      },
      onComment: ignored,
      onDoctype: ignored,
      onEof: ignored,
      onCharacter: ignored,
      onNullCharacter: ignored,
      onWhitespaceCharacter: ignored,
    },
  );
  const end = Math.min(body.length, MAX_HEAD_BYTES);
  for (let at = 0; at < end && label === null && (in_head || at === 0); at += HEAD_BYTES) {
    tokenizer.write(body.toString('latin1', at, Math.min(at + HEAD_BYTES, end)), false);
  }
  return label;
}

const TEXT_STATES = new Map<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>([
  ['title', TokenizerMode.RCDATA],
  ['textarea', TokenizerMode.RCDATA],
  ['style', TokenizerMode.RAWTEXT],
  ['noscript', TokenizerMode.RAWTEXT],
  ['script', TokenizerMode.SCRIPT_DATA],
]);

function charsetOf({ attrs }: Token.TagToken): string | undefined {
  const value = (name: string) => attrs.find((it) => it.name === name)?.value;
  const charset = value('charset');
  if (charset !== undefined) return charset;
  if (value('http-equiv')?.trim().toLowerCase() !== 'content-type') return undefined;
  return /charset\s*=\s*["']?([^"';\s]+)/i.exec(value('content') ?? '')?.[1];
}

function guessed(body: Buffer): string {
  try {
    // Part of a character at the end is no proof: the body may be cut.
    return new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: true });
  } catch {
    return new TextDecoder('gb18030').decode(body);
  }
}
