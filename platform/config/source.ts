import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { ConfigurationIssue, Path } from './issues.ts';

/** A parsed file with the positions of its values. */
export interface ConfigSource {
  value: unknown;
  /** Line and column (from 1) of the value at `path`, or of its nearest existing ancestor. */
  positionOf(path: Path): Position;
  /** Line and column of the key itself, for unknown keys. */
  positionOfKey(path: Path): Position;
}

export interface Position {
  line: number;
  column: number;
}

const MAX_BYTES = 1024 * 1024;
/** Limits alias expansion ("billion laughs"). */
const MAX_ALIASES = 100;
const MAX_SYNTAX_ISSUES = 20;

/**
 * Parses YAML 1.2. Size and alias expansion are limited; syntax errors and duplicate keys are
 * returned as issues.
 */
export function readSource(text: string): ConfigSource | { issues: ConfigurationIssue[] } {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return { issues: [wholeFile(`is larger than ${MAX_BYTES / 1024} KiB`)] };
  }
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      issues: document.errors.slice(0, MAX_SYNTAX_ISSUES).map((error) => ({
        path: '',
        ...place(counter, error.pos[0]),
        message: error.message,
      })),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    // An alias without its anchor, or too many of them.
    return { issues: [wholeFile(error instanceof Error ? error.message : String(error))] };
  }
  const root = document.contents as Node | null;
  const resolve = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  return {
    value,
    positionOf: (path) => place(counter, walk(root, path, resolve).value),
    positionOfKey: (path) => place(counter, walk(root, path, resolve).key),
  };
}

function wholeFile(message: string): ConfigurationIssue {
  return { path: '', line: 1, column: 1, message };
}

function place(counter: LineCounter, offset: number): Position {
  const { line, col } = counter.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** Offsets of the deepest key and value that exist along the path. */
function walk(
  root: Node | null,
  path: Path,
  resolve: (node: unknown) => unknown,
): { key: number; value: number } {
  let found = { key: root?.range?.[0] ?? 0, value: root?.range?.[0] ?? 0 };
  let node: unknown = root;
  for (const segment of path) {
    const holder = resolve(node);
    if (isMap(holder)) {
      const pair = holder.items.find(({ key }) => isScalar(key) && String(key.value) === segment);
      if (!pair) break;
      const key = startOf(pair.key) ?? found.key;
      found = { key, value: startOf(pair.value) ?? key };
      node = pair.value;
    } else if (isSeq(holder) && typeof segment === 'number') {
      node = holder.items[segment];
      const start = startOf(node) ?? found.value;
      found = { key: start, value: start };
    } else {
      break;
    }
  }
  return found;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}
