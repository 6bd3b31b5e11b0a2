import { UnrecoverableError } from '../unrecoverable.ts';

export type Path = readonly (string | number)[];

/** One problem of a configuration: its location and the expected value. */
export interface ConfigurationIssue {
  /** E.g. `checks.beijing-query.deadline`; empty for the file as a whole. */
  path: string;
  line: number;
  column: number;
  message: string;
}

/** All problems of a configuration. */
export class ConfigurationError extends UnrecoverableError {
  override name = 'ConfigurationError';
  readonly issues: readonly ConfigurationIssue[];

  constructor(file: string, issues: readonly ConfigurationIssue[]) {
    super(formatIssues(file, issues));
    this.issues = issues;
  }
}

/** More are not read by anybody; the next start tells the next ones. */
const MAX_PRINTED = 50;
/** Beyond these, the rest of a configuration is not read. */
export const MAX_ISSUES = 1_000;

function formatIssues(file: string, issues: readonly ConfigurationIssue[]): string {
  const at_least = issues.length >= MAX_ISSUES ? 'at least ' : '';
  const count = issues.length === 1 ? '1 problem' : `${at_least}${issues.length} problems`;
  const more = issues.length - MAX_PRINTED;
  const lines = issues
    .slice(0, MAX_PRINTED)
    .map(
      ({ path, line, column, message }) =>
        `  ${file}:${line}:${column}  ${path === '' ? '' : `${path}: `}${message}`,
    );
  if (more > 0) lines.push(`  and ${at_least}${more} more`);
  return [`${file}: ${count}; nothing was started.`, ...lines].join('\n');
}

/** Words that an unknown one is compared with, and that are listed. */
const MAX_COMPARED = 200;
const MAX_LISTED = 20;

/** The known word closest to the input, when close enough to be a typing error. */
function closestWord(written: string, known: readonly string[]): string | null {
  if (written.length < 3) return null;
  const limit = Math.ceil(written.length / 3);
  let best: { word: string; distance: number } | null = null;
  for (const word of known.slice(0, MAX_COMPARED)) {
    if (Math.abs(word.length - written.length) > limit) continue;
    const distance = editDistance(written.toLowerCase(), word.toLowerCase());
    if (distance <= limit && (best === null || distance < best.distance)) best = { word, distance };
  }
  return best?.word ?? null;
}

/** "; did you mean x?", or the list of known words, or an empty string when there are none. */
export function hint(written: string, known: readonly string[]): string {
  const near = closestWord(written, known);
  if (near !== null) return `; did you mean "${near}"?`;
  if (known.length === 0) return '';
  const more = known.length > MAX_LISTED ? ` and ${known.length - MAX_LISTED} more` : '';
  return `; known: ${known.slice(0, MAX_LISTED).join(', ')}${more}`;
}

/**
 * Levenshtein distance: insertions, deletions and replacements. Words longer than 64 characters are
 * truncated.
 */
function editDistance(left: string, right: string): number {
  const a = left.slice(0, 64);
  const b = right.slice(0, 64);
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
