import { createHash } from 'node:crypto';
import { type Charset, encoded, percentEncoded } from '../request/encode.ts';

interface PipeContext {
  args: readonly number[];
  /** Of the system, in which the bytes of a text are taken. */
  charset: Charset;
}

const digest =
  (algorithm: string) =>
  (text: string, { charset }: PipeContext) =>
    createHash(algorithm).update(encoded(text, charset)).digest('hex');

/** What a template may do with a value before it is put in. */
const PIPES: Readonly<Record<string, (text: string, context: PipeContext) => string>> = {
  slice: (text, { args: [from, to] }) => text.slice(from, to),
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  base64: (text, { charset }) => encoded(text, charset).toString('base64'),
  hex: (text, { charset }) => encoded(text, charset).toString('hex'),
  url: (text, { charset }) =>
    charset === 'utf-8' ? encodeURIComponent(text) : percentEncoded(text, charset),
  md5: digest('md5'),
  sha1: digest('sha1'),
  sha256: digest('sha256'),
};
const PIPE_NAMES = Object.keys(PIPES);

export interface Pipe {
  name: string;
  args: readonly number[];
}

/** The pipe in a text such as `slice 2 8`, or what is wrong with it. */
export function readPipe(text: string): Pipe | { problem: string } {
  const [name = '', ...rest] = text.trim().split(/\s+/);
  if (!Object.hasOwn(PIPES, name)) {
    return { problem: `there is no "| ${name}"; known: ${PIPE_NAMES.join(', ')}` };
  }
  const args = rest.map(Number);
  const is_right = name === 'slice' ? args.length === 1 || args.length === 2 : args.length === 0;
  if (!is_right || !args.every(Number.isInteger)) {
    const expected = name === 'slice' ? 'slice FROM or slice FROM TO' : `${name} alone`;
    return { problem: `expected "| ${expected}"` };
  }
  return { name, args };
}

export function piped(value: string, pipes: readonly Pipe[], charset: Charset): string {
  return pipes.reduce(
    (text, { name, args }) => PIPES[name]?.(text, { args, charset }) ?? text,
    value,
  );
}
