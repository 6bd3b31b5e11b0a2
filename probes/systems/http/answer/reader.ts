import type { Answer } from '../../../exchange/answer.ts';
import { textOf } from '../../../exchange/text.ts';
import { exactJson } from '../engine/exact-json.ts';
import { type ReadingTime, withinTime } from '../engine/within-time.ts';
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
  /** What is read within the time of the run. */
  within<T>(read: () => T): T;
}

export function readerOf(answer: Answer, time: ReadingTime): Reader {
  const text = once(() => {
    const read = textOf(answer);
    return read.ok ? read.value : null;
  });
  return {
    answer,
    text,
    json: once(() => exactJson(text() ?? '')),
    xml: once(() => parseNodes(text() ?? '')),
    header: (name) => [answer.headers[name]].flat()[0],
    within: (read) => withinTime(read, time),
  };
}

function once<T>(work: () => T): () => T {
  let done: { value: T } | null = null;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
