import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { CHINESE_FILES, fullWidth } from './full-width.ts';
import { ROOT } from './repository.ts';

/** Writes the marks of Chinese texts in the files of Chinese words, for `npm run format`. */
for (const path of CHINESE_FILES.map((it) => join(ROOT, it))) {
  const code = readFileSync(path, 'utf8');
  const written = withFullWidth(path, code);
  if (written !== code) writeFileSync(path, written);
}

function withFullWidth(path: string, code: string): string {
  const texts = textsIn(parseSync(path, code).program).sort((a, b) => b.start - a.start);
  return texts.reduce(
    (all, { start, end }) =>
      all.slice(0, start) + fullWidth(all.slice(start, end)) + all.slice(end),
    code,
  );
}

interface Place {
  start: number;
  end: number;
}

/** Values, not keys. */
function textsIn(node: unknown): Place[] {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, value, key: _, ...rest } = node as Record<string, unknown> & Place;
  if (type === 'ImportDeclaration') return [];
  if (type === 'Literal' && typeof value === 'string') return [rest];
  if (type === 'TemplateElement') return [rest];
  return [value, ...Object.values(rest)].flatMap(textsIn);
}
