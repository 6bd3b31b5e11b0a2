import { parseSync } from 'vite';
import { FILES } from './repository.ts';

/** A part of a file that people read: its text from `start` to before `end`. */
export interface Passage {
  start: number;
  end: number;
}

/** Files in which the words of others are kept as those write them; our comments are ours. */
const THEIR_WORDS: readonly RegExp[] = [
  // Patterns and samples of what others write.
  /^probes\/(page|integrity|delivery)\//,
  /^test\/(probes|field)\//,
  /^test\/month\/compare-lengths\.ts$/,
  // Errors as their API words them.
  /^probes\/systems\/pinduoduo\/simulator\.ts$/,
  // Examples of what is wrong.
  /^test\/tidy\/(full-width|beside-han)\.test\.ts$/,
];

/** Files with passages: sources, documents and configurations. */
export const READ_FILES = FILES.filter((path) => /\.(ts|mjs|md|ya?ml|json)$/.test(path));

/** Comments and strings of a source; documents and configurations as a whole. */
export function passagesOf(path: string, text: string): Passage[] {
  const is_theirs = THEIR_WORDS.some((it) => it.test(path));
  if (!/\.(ts|mjs)$/.test(path)) return is_theirs ? [] : [{ start: 0, end: text.length }];
  const { program, comments } = parseSync(path, text);
  const strings = is_theirs ? [] : stringsIn(program);
  return [...comments, ...strings.map((it) => withoutQuotes(it, text))];
}

/** A part of a template ends with a backtick or before a value. */
function withoutQuotes({ start, end }: Passage, text: string): Passage {
  const [before = ''] = /^['"`}]/.exec(text.slice(start, end)) ?? [];
  const [after = ''] = /(?:['"`]|\$\{)$/.exec(text.slice(start + before.length, end)) ?? [];
  return { start: start + before.length, end: end - after.length };
}

/** A text with other words in some of its parts. */
export function replaced(
  text: string,
  passages: readonly Passage[],
  change: (passage: string) => string,
): string {
  return [...passages]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (all, { start, end }) => all.slice(0, start) + change(all.slice(start, end)) + all.slice(end),
      text,
    );
}

/** Values, not keys. */
export function stringsIn(node: unknown): Passage[] {
  if (Array.isArray(node)) return node.flatMap(stringsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, value, key: _, ...rest } = node as Record<string, unknown> & Passage;
  if (type === 'ImportDeclaration') return [];
  if (type === 'Literal' && typeof value === 'string') return [rest];
  if (type === 'TemplateElement') return [rest];
  return [value, ...Object.values(rest)].flatMap(stringsIn);
}
