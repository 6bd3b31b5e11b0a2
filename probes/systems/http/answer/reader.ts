import type { Answer } from '../../../exchange/answer.ts';
import { textOf } from '../../../exchange/text.ts';
import { parseNodes, type XmlNode } from '../engine/xml-nodes.ts';

/** An answer, read as far as it is asked about. To be asked within time. */
export interface Reader {
  answer: Answer;
  /** null: in a charset that nobody decodes. */
  text(): string | null;
  /** undefined: it is none. */
  json(): unknown;
  /** null: it is none. */
  xml(): XmlNode | null;
  /** The first value of a header. */
  header(name: string): string | undefined;
}

export function readerOf(answer: Answer): Reader {
  const text = once(() => {
    const read = textOf(answer);
    return read.ok ? read.value : null;
  });
  return {
    answer,
    text,
    json: once(() => parsedJson(text() ?? '')),
    xml: once(() => parseNodes(text() ?? '')),
    header: (name) => [answer.headers[name]].flat()[0],
  };
}

function once<T>(work: () => T): () => T {
  let done: { value: T } | null = null;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

const LONG_NUMBER = /\d{16}/;

function parsedJson(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? JSON.parse(text, exact as never) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Numbers of invoices have 20 digits, which JavaScript would round: they stay texts. */
function exact(_: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(source ?? '')
    ? source
    : value;
}
