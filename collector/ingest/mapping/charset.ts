import type { CallbackMapping } from './schema.ts';

/** A byte of a form, escaped or not. */
const FORM_BYTES = /%([\da-f]{2})|\+|[^%+]+|%/gi;

/**
 * The text of a body in its charset: that of the mapping, else what the sender says, else UTF-8. A
 * form comes as one in UTF-8, with what its escapes stand for.
 */
export function textOfBody(
  bytes: Uint8Array,
  content_type: string | undefined,
  { charset, body }: Pick<CallbackMapping, 'charset' | 'body'>,
): string {
  const decoder = decoderOf(charset ?? labelIn(content_type ?? ''));
  if (body === 'json' || decoder.encoding === 'utf-8') return decoder.decode(bytes);
  const pairs = Buffer.from(bytes).toString('latin1').split('&').filter(Boolean);
  const fields = pairs.map((pair) => {
    const at = pair.indexOf('=');
    const [name, value] = at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    return [formText(name, decoder), formText(value, decoder)];
  });
  return new URLSearchParams(fields).toString();
}

/** Stands where bytes are no text in the charset by which they were read. */
export function isGarbled(text: string): boolean {
  return text.includes('\uFFFD');
}

function labelIn(content_type: string): string {
  return /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(content_type)?.[1] ?? 'utf-8';
}

/** Whoever names a charset that nobody knows is taken to send UTF-8. */
function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}

function formText(written: string, decoder: TextDecoder): string {
  const parts = [...written.matchAll(FORM_BYTES)].map(([part, escaped]) => {
    if (escaped !== undefined) return Buffer.from([Number.parseInt(escaped, 16)]);
    return part === '+' ? Buffer.from(' ') : Buffer.from(part, 'latin1');
  });
  return decoder.decode(Buffer.concat(parts));
}
