import { execFileSync } from 'node:child_process';
import type { ScratchCopy } from '../scratch-copy.ts';

/** What a frequent change may touch, as CONTRIBUTING.md has it in words. */
interface Allowance {
  /** Files of its own; what the pattern captures (a folder, a name) is the same in all of them. */
  own: RegExp;
  /** Files that others share, each with the most lines that may be written in it. */
  shared: Readonly<Record<string, number>>;
}

/** A line of a map counts with the import that it needs. */
export const CHANGES = {
  'a system': {
    own: /^probes\/systems\/([\w-]+)\/.+$/,
    shared: { 'probes/systems/index.ts': 2 },
  },
  'a channel': {
    own: /^channels\/(?!kit\/)([\w-]+)\/.+$/,
    shared: { 'channels/index.ts': 2 },
  },
  'a measurement': {
    own: /^probes\/([\w-]+)\.ts$/,
    // The map also names the driver's part in its type.
    shared: {
      'probes/index.ts': 3,
      'model/vocabulary.ts': 1,
      'messages/zh-CN/page/states.ts': 1,
      'messages/en/page/states.ts': 1,
      'messages/ja/page/states.ts': 1,
    },
  },
  'a language': {
    own: /^messages\/([\w-]+)\/.+$/,
    shared: { 'model/vocabulary.ts': 1 },
  },
  'a page, an admin page, an API resource': {
    own: /^status-page\/(public|subscriptions|alerts|admin|api\/v1|api\/v2|demo)\/.+$/,
    shared: { 'status-page/routes.ts': 2 },
  },
  'a metric': {
    own: /^((?:collector|notify|status-page)\/.+\.ts)$/,
    shared: { 'platform/telemetry/instruments.ts': 1 },
  },
} satisfies Record<string, Allowance>;
export type Change = keyof typeof CHANGES;

/** Documentation, the changelog and tests may always be touched. */
const APART = /^(docs\/|CHANGELOG\.md$|README[^/]*\.md$|test\/)/;

/** What a change touched beyond what the table allows, in words. */
export function beyondTable(copy: Pick<ScratchCopy, 'root' | 'touched'>, change: Change): string[] {
  const lines = linesWritten(copy.root);
  return excess(
    copy.touched().map((path) => ({ path, lines: lines.get(path) ?? 0 })),
    CHANGES[change],
  );
}

interface Touched {
  path: string;
  /** Written in it; of a file that is not new. */
  lines: number;
}

export function excess(touched: readonly Touched[], { own, shared }: Allowance): string[] {
  const counted = touched.filter(({ path }) => !APART.test(path));
  const owned = counted
    .filter(({ path }) => !(path in shared))
    .flatMap(({ path }) => own.exec(path)?.[1] ?? []);
  const [first] = owned;
  const others = owned.filter((it) => it !== first);
  return [
    ...others.map((it) => `${it} besides ${first}`),
    ...counted.flatMap(({ path, lines }) => {
      const most = shared[path] ?? (own.test(path) ? Infinity : 0);
      if (most === 0) return [path];
      return lines > most ? [`${lines} lines of ${path}`] : [];
    }),
  ];
}

/** How many lines were written in each file that was there before. */
function linesWritten(root: string): Map<string, number> {
  const rows = execFileSync('git', ['diff', '--numstat'], { cwd: root, encoding: 'utf8' });
  return new Map(
    rows
      .split('\n')
      .filter((row) => row !== '')
      .map((row) => row.split('\t'))
      .map(([added, , path = '']) => [path, Number(added)]),
  );
}
