import { describe, expect, it } from 'vitest';
import { importsOf, PRODUCT } from './sources.ts';

/** A thread started by the URL of its module has a memory of its own. */
const THREAD = /\bnew URL\(\s*['"][^'"]+['"]/g;

/** Our files that load with one: not its types, nor what it loads when it is needed. */
function loadedWith(path: string, tree = PRODUCT, loaded = new Set<string>()): Set<string> {
  const text = tree[path];
  if (text === undefined || loaded.has(path)) return loaded;
  loaded.add(path);
  for (const { target, how } of importsOf(path, text.replaceAll(THREAD, '')))
    if (how === 'value') loadedWith(target, tree, loaded);
  return loaded;
}

/** Packages, and modules of Node, that load with a file. */
function modulesOf(path: string, tree = PRODUCT): string[] {
  const form = /^(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?['"]([^.'"][^'"]*)['"]/gm;
  const found = [...loadedWith(path, tree)].flatMap((file) =>
    [...(tree[file] ?? '').matchAll(form)].map(([, specifier = '']) => specifier),
  );
  return [...new Set(found)].toSorted();
}

const packagesOf = (path: string) => modulesOf(path).filter((it) => !it.startsWith('node:'));
const roomsOf = (path: string) => [
  ...new Set([...loadedWith(path)].map((file) => file.split('/')[0])),
];

/**
 * What stays in memory for as long as a process runs. A package that is not listed is loaded where
 * it is needed (`await import`), or is worth its memory and added here.
 */
const PACKAGES: Record<string, readonly string[]> = {
  'main.ts': ['pino'],
  'collector/main.ts': [
    '@datadog/sketches-js',
    'better-sqlite3',
    'kysely',
    'node-cron',
    'parse5',
    'pino',
    'prom-client',
    'yaml',
    'zod',
  ],
  'notify/main.ts': ['better-sqlite3', 'kysely', 'node-cron', 'pino', 'prom-client', 'yaml', 'zod'],
  'probes/line/worker.ts': ['node-cron', 'parse5', 'zod'],
};

/** The rooms whose code each main runs. */
const ROOMS: Record<string, readonly string[]> = {
  'main.ts': ['main.ts', 'model', 'platform'],
  'collector/main.ts': ['collector', 'http', 'model', 'platform', 'probes', 'store'],
  'notify/main.ts': ['channels', 'http', 'messages', 'model', 'notify', 'platform', 'store'],
  'probes/line/worker.ts': ['http', 'model', 'probes'],
};

describe('a process loads nothing that it does not run', () => {
  it.each(Object.entries(PACKAGES))('%s: packages', (main, packages) => {
    expect(packagesOf(main)).toEqual(packages);
  });

  it.each(Object.entries(ROOMS))('%s: rooms', (main, rooms) => {
    expect(roomsOf(main).toSorted()).toEqual(rooms);
  });

  it.each(Object.keys(PACKAGES))('%s: no HTTP client of 16 MB by node:http', (main) => {
    expect(modulesOf(main)).not.toContain('node:http');
  });

  it('main.ts: nothing that reads the configuration', () => {
    expect([...loadedWith('main.ts')].filter((file) => /config\/(?!addresses)/.test(file))).toEqual(
      [],
    );
  });

  it.each(['collector/main.ts', 'probes/line/worker.ts'])('%s: no reader of files', (main) => {
    const readers = [...loadedWith(main)].filter((file) => file.startsWith('probes/integrity/'));
    expect(readers).toEqual([]);
  });
});

it('the rule follows values, not types or what is loaded later', () => {
  const tree = {
    'a.ts': "import { b } from './b.ts';\nimport type { c } from './c.ts';\nimport('./d.ts');",
    'b.ts': "import { z } from 'zod';\nimport type { Server } from 'node:http';",
    'c.ts': "import 'yaml';",
    'd.ts': "import 'pino';",
  };
  expect([...loadedWith('a.ts', tree)]).toEqual(['a.ts', 'b.ts']);
  expect(modulesOf('a.ts', tree)).toEqual(['zod']);
});
