import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILES, read } from './repository.ts';

/**
 * Which room may import which, types included. A path in place of a room allows that folder only.
 * Beyond this table the mains of the processes import platform, and the root main and
 * platform/commands import everything.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  http: ['model'],
  platform: ['model', 'http'],
  messages: ['model', 'http'],
  channels: ['model', 'http', 'messages'],
  probes: ['model', 'http'],
  store: ['model', 'http'],
  collector: ['model', 'http', 'probes', 'store'],
  notify: ['model', 'http', 'channels', 'store', 'messages'],
  'status-page': ['model', 'http', 'channels', 'store', 'messages', 'probes/integrity'],
  'status-page/web': ['model', 'http', 'messages', 'probes/integrity'],
  simulators: ['model', 'http', 'platform', 'probes'],
};

const WITH_PLATFORM = ['collector/main.ts', 'notify/main.ts', 'status-page/main.ts'];
const ANYTHING = /^(main\.ts|vitest\.config\.ts|platform\/commands\/|demo\/|test\/|bench\/)/;

/** The room of a path: the longest entry of the table that holds it. */
function roomOf(path: string): string | null {
  const rooms = Object.keys(MAY_IMPORT).filter((room) => path.startsWith(`${room}/`));
  return rooms.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/**
 * Relative imports of a source text, as paths in the repository: static, dynamic, of types, and
 * workers by URL.
 */
function importsOf(path: string, text: string): string[] {
  const forms = [
    /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g,
    /\bnew URL\(\s*['"](\.{1,2}\/[^'"]+\.ts)['"]/g,
  ];
  const specifiers = forms.flatMap((form) =>
    [...text.matchAll(form)].map(([, name]) => name ?? ''),
  );
  return specifiers.map((specifier) => posix.join(posix.dirname(path), specifier));
}

/** The imports of a file that the table does not allow. */
function forbiddenImports(path: string, text: string): string[] {
  if (ANYTHING.test(path)) return [];
  const room = roomOf(path);
  if (room === null) return [`${path} is in no room`];
  const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
  if (WITH_PLATFORM.includes(path)) allowed.push('platform');
  // The server renders with the templates of the browser's part.
  if (room === 'status-page') allowed.push('status-page/web');
  return importsOf(path, text).filter(
    (target) => target !== 'package.json' && !allowed.some((it) => target.startsWith(`${it}/`)),
  );
}

const SOURCES = FILES.filter((path) => path.endsWith('.ts'));

describe('imports', () => {
  it.each(SOURCES)('of %s go the allowed way', (path) => {
    expect(forbiddenImports(path, read(path))).toEqual([]);
  });
});

describe('the rule itself', () => {
  it.each([
    ['model/x.ts', "import type { Store } from '../store/store.ts';", 'store/store.ts'],
    [
      'probes/systems/a/driver.ts',
      "import { f } from '../../../platform/log.ts';",
      'platform/log.ts',
    ],
    ['collector/run.ts', "import {\n  createLog,\n} from '../platform/log.ts';", 'platform/log.ts'],
    ['status-page/app.ts', "export { a } from '../probes/line.ts';", 'probes/line.ts'],
    [
      'status-page/web/views/a.ts',
      "import('../../overview/overview.ts')",
      'status-page/overview/overview.ts',
    ],
    ['notify/main.ts', "import '../collector/collector.ts';", 'collector/collector.ts'],
    [
      'store/a.ts',
      "new Worker(new URL('../probes/line-worker.ts', import.meta.url))",
      'probes/line-worker.ts',
    ],
    ['extra/a.ts', '', 'extra/a.ts is in no room'],
  ])('catches %s: %s', (path, text, caught) => {
    expect(forbiddenImports(path, text)).toEqual([caught]);
  });

  it.each([
    ['collector/main.ts', "import { createLog } from '../platform/log.ts';"],
    [
      'status-page/overview/a.ts',
      "import { checkIntegrity } from '../../probes/integrity/index.ts';",
    ],
    ['status-page/app.ts', "import { page } from './web/views/page.ts';"],
    ['platform/commands/check.ts', "import { SYSTEMS } from '../../probes/systems/index.ts';"],
    ['probes/upload.ts', "import type { Result } from '../model/result.ts';"],
  ])('lets %s pass: %s', (path, text) => {
    expect(forbiddenImports(path, text)).toEqual([]);
  });
});
