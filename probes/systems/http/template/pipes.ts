import { createHash } from 'node:crypto';

const digest = (algorithm: string) => (text: string) =>
  createHash(algorithm).update(text, 'utf8').digest('hex');

/** What a template may do with a value before it is put in. */
const PIPES: Readonly<Record<string, (text: string, args: readonly number[]) => string>> = {
  slice: (text, [from, to]) => text.slice(from, to),
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
  hex: (text) => Buffer.from(text, 'utf8').toString('hex'),
  url: (text) => encodeURIComponent(text),
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

export function piped(value: string, pipes: readonly Pipe[]): string {
  return pipes.reduce((text, { name, args }) => PIPES[name]?.(text, args) ?? text, value);
}
