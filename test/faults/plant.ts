import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { ScratchCopy } from '../scratch-copy.ts';
import { type Fault, planted } from './fault.ts';
import { relatedTests } from './related.ts';
import { HANGS_AFTER_MS, type ResidentTests } from './resident-tests.ts';

const OF_PARTS = ['--project', 'unit', '--project', 'apart'];

/** What saw a fault, such as a group of tests; null when nothing did. */
export type Seen = string | null;

/** Plants a fault in a copy, runs what ought to see it, and takes it out again. */
export async function plant(
  copy: ScratchCopy,
  fault: Fault,
  resident: ResidentTests,
): Promise<Seen> {
  const { path } = fault;
  const sound = readFileSync(join(copy.root, path), 'utf8');
  const groups = relatedTests(path);
  copy.write(path, planted(sound, fault));
  try {
    for (const group of groups)
      if (!(await resident.pass({ changed: path, group }))) return group.join(' ');
    if (!(await passes(copy, 'tsc', ['--singleThreaded']))) return 'types';
    // Once more where nothing was loaded before.
    for (const group of groups) if (!(await testsPass(copy, group))) return group.join(' ');
    return null;
  } finally {
    copy.write(path, sound);
  }
}

/** Whether the tests of these files and folders pass in a copy. */
function testsPass(copy: ScratchCopy, group: readonly string[]): Promise<boolean> {
  return passes(copy, 'vitest', ['run', ...OF_PARTS, '--bail', '1', ...group]);
}

/** Whether a tool of the copy ends well, and in time. */
async function passes({ root }: ScratchCopy, program: string, args: string[]): Promise<boolean> {
  const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, PATH },
    stdio: 'ignore',
    detached: true,
  });
  const limit = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), HANGS_AFTER_MS);
  const [code] = await once(child, 'exit');
  clearTimeout(limit);
  return code === 0;
}
