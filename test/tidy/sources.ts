import { posix } from 'node:path';
import { FILES, read } from './repository.ts';

/** Source texts by their path in the repository: ours, or made up to try a rule. */
export type Tree = Readonly<Record<string, string>>;

/** Our files whose path matches. */
export function treeOf(pattern: RegExp, except = /^$/): Tree {
  const paths = FILES.filter((path) => pattern.test(path) && !except.test(path));
  return Object.fromEntries(paths.map((path) => [path, read(path)]));
}

/** What is installed and runs: everything but tests, measurements and tools' settings. */
export const PRODUCT: Tree = treeOf(/\.ts$/, /^(test|bench)\/|(^|\/)vite(st)?\.config\.ts$/);

export interface Import {
  /** Path in the repository. */
  target: string;
  /** `lazy`: loaded when it is needed; `type`: gone when the program runs. */
  how: 'value' | 'type' | 'lazy';
}

/** Relative imports of a source text: static, of types, dynamic, and workers by URL. */
export function importsOf(path: string, text: string): Import[] {
  return FORMS.flatMap(({ form, how }) =>
    [...text.matchAll(form)].map(([, specifier = '']) => ({
      target: posix.join(posix.dirname(path), specifier),
      how,
    })),
  );
}

const FORMS: readonly { form: RegExp; how: Import['how'] }[] = [
  {
    form: /\b(?:import|export)\s+(?!type\b)[^'";]*?\bfrom\s*['"](\.{1,2}\/[^'"]+)['"]/g,
    how: 'value',
  },
  { form: /\bimport\s*['"](\.{1,2}\/[^'"]+)['"]/g, how: 'value' },
  { form: /\bnew URL\(\s*['"](\.{1,2}\/[^'"]+\.ts)['"]/g, how: 'value' },
  {
    form: /\b(?:import|export)\s+type\b[^'";]*?\bfrom\s*['"](\.{1,2}\/[^'"]+)['"]/g,
    how: 'type',
  },
  { form: /\bimport\(\s*['"](\.{1,2}\/[^'"]+)['"]/g, how: 'lazy' },
];

/** An import by one file of another that is in the tree. */
export interface Arrow {
  from: string;
  to: string;
}

export function arrowsOf(tree: Tree): Arrow[] {
  return Object.entries(tree).flatMap(([from, text]) =>
    importsOf(from, text)
      .filter(({ target }) => target in tree)
      .map(({ target }) => ({ from, to: target })),
  );
}

/** A tree in which each file imports what is listed behind it. */
export function treeOfImports(files: Readonly<Record<string, readonly string[]>>): Tree {
  return Object.fromEntries(
    Object.entries(files).map(([path, targets]) => [
      path,
      targets.map((target) => `import '${relative(path, target)}';`).join('\n'),
    ]),
  );
}

function relative(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
