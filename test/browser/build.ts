import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the web part as it is built from the present sources. */
    web: string;
  }
}

const CONFIG = fileURLToPath(new URL('../../status-page/web/vite.config.ts', import.meta.url));

/** Builds the web part once, for every file of the project. */
export default async function buildWeb(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'piaokuang-web-'));
  await build({ configFile: CONFIG, build: { outDir: folder } });
  project.provide('web', folder);
  return () => rm(folder, { recursive: true });
}
