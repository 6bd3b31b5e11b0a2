import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** Files of the repository by their path in it: committed, or new and not ignored. */
export const FILES: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: ROOT, encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)));

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Documentation, which tests hold to the code. */
export const DOCUMENTS = FILES.filter((path) =>
  /^(README[^/]*|CONTRIBUTING|docs\/.*)\.md$/.test(path),
);

/** The rows of the tables below a heading, each as its cells; the heading rows are left out. */
export function tableRows(document: string, heading: string): string[][] {
  const [, after = ''] = read(document).split(new RegExp(`^#+ ${heading}\\s*$`, 'm'));
  const section = after.split(/^#+ /m)[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.filter((_, i) => !isRule(rows[i]) && !isRule(rows[i + 1]));
}

function isRule(cells: string[] | undefined): boolean {
  return cells?.every((cell) => /^:?-+:?$/.test(cell)) ?? false;
}

/** What stands between backticks in a cell, word by word. */
export function quoted(cell: string | undefined): string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '');
}
