import {
  CST,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { ConfigurationIssue, Path } from './issues.ts';

/** Of a number that YAML would make another of. */
export const ALTERED_NUMBER = 'is a number that is not kept as it is written; write it in quotes';

/** A parsed file with the positions of its values. */
export interface ConfigSource {
  value: unknown;
  /** Line and column (from 1) of the value at `path`, or of its nearest existing ancestor. */
  positionOf(path: Path): Position;
  /** Line and column of the key itself, for unknown keys. */
  positionOfKey(path: Path): Position;
  /** Numbers of which `value` has others than are written. */
  altered_numbers: Path[];
}

export interface Position {
  line: number;
  column: number;
}

const MAX_BYTES = 1024 * 1024;
/** Limits what aliases grow to ("billion laughs"); anchors cost the square of their number. */
const MAX_ALIASES = 100;
const MAX_ANCHORS = 1_000;
const MAX_FLOW_DEPTH = 50;
const MAX_SYNTAX_ISSUES = 20;
const REPEATED_KEY = 'Map keys must be unique';

/**
 * Parses YAML 1.2. Size and alias expansion are limited; syntax errors and duplicate keys are
 * returned as issues.
 */
export function readSource(text: string): ConfigSource | { issues: ConfigurationIssue[] } {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return { issues: [wholeFile(`is larger than ${MAX_BYTES / 1024} KiB`)] };
  }
  const excess = excessOf(text);
  if (excess !== null) return { issues: [wholeFile(excess)] };
  const counter = new LineCounter();
  // The library compares each key with all others of its map.
  const options = { lineCounter: counter, prettyErrors: false, uniqueKeys: false };
  const document = parseDocument(text, options);
  const errors = document.errors.map(({ pos, message }) => ({ at: pos[0], message }));
  const faults = errors.length > 0 ? errors : repeatedKeys(document);
  if (faults.length > 0) {
    return {
      issues: faults
        .slice(0, MAX_SYNTAX_ISSUES)
        .map(({ at, message }) => ({ path: '', ...place(counter, at), message })),
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
    altered_numbers: alteredNumbers(document),
  };
}

/** What a text has too much of to be read in a moment; null when it has not. */
function excessOf(text: string): string | null {
  let [anchors, aliases, depth] = [0, 0, 0];
  let is_scalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type = is_scalar ? 'scalar' : CST.tokenType(lexeme);
    is_scalar = lexeme === CST.SCALAR;
    if (type === 'anchor') anchors += 1;
    else if (type === 'alias') aliases += 1;
    else if (type === 'flow-seq-start' || type === 'flow-map-start') depth += 1;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') depth -= 1;
    if (anchors > MAX_ANCHORS) return `has more than ${MAX_ANCHORS} anchors`;
    if (aliases > MAX_ANCHORS) return `has more than ${MAX_ANCHORS} aliases`;
    if (depth > MAX_FLOW_DEPTH) return `is nested more than ${MAX_FLOW_DEPTH} deep`;
  }
  return null;
}

/** The keys that stand in their map for a second time. */
function repeatedKeys(document: Document.Parsed): { at: number; message: string }[] {
  const repeated: { at: number; message: string }[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) repeated.push({ at: startOf(key) ?? 0, message: REPEATED_KEY });
        seen.add(key.value);
      }
      return repeated.length < MAX_SYNTAX_ISSUES ? undefined : visit.BREAK;
    },
  });
  return repeated;
}

/** The number of an invoice would become another, and the code 0000 the number 0. */
function alteredNumbers(document: Document.Parsed): Path[] {
  const altered: Path[] = [];
  visit(document, {
    Scalar(_, node, ancestors) {
      const { value, source = '' } = node;
      if (typeof value === 'number' && !isKept(value, source)) {
        altered.push(pathOf([...ancestors, node]));
      }
    },
  });
  return altered;
}

function isKept(value: number, source: string): boolean {
  if (/^[-+]?0\d/.test(source)) return false;
  if (Number.isInteger(value)) return Number.isSafeInteger(value);
  return source.replace(/e.*$/i, '').replace(/^[-+.0]*|\./g, '').length <= KEPT_DIGITS;
}

/** Of any decimal number (IEEE 754). */
const KEPT_DIGITS = 15;

/** By the nodes from the outermost to one. */
function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, at): (string | number)[] => {
    if (isPair(node)) return isScalar(node.key) ? [String(node.key.value)] : [];
    return isSeq(node) ? [node.items.indexOf(nodes[at + 1])] : [];
  });
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
