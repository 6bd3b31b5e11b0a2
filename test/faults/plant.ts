import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MINUTE } from '../../model/time.ts';
import type { ScratchCopy } from '../scratch-copy.ts';
import { type Fault, planted } from './fault.ts';
import { relatedTests } from './related.ts';

/** A fault may make a loop that never ends. That is seen too. */
const HANGS_AFTER_MS = 5 * MINUTE;
const OF_PARTS = ['--project', 'unit', '--project', 'apart'];

/** What saw a fault, such as a group of tests; null when nothing did. */
export type Seen = string | null;

/** Plants a fault in a copy, runs what ought to see it, and takes it out again. */
export async function plant(copy: ScratchCopy, fault: Fault): Promise<Seen> {
  const sound = readFileSync(join(copy.root, fault.path), 'utf8');
  copy.write(fault.path, planted(sound, fault));
  try {
    for (const group of relatedTests(fault.path)) {
      if (!(await testsPass(copy, group))) return group.join(' ');
    }
    return (await passes(copy, 'tsc', ['--singleThreaded'])) ? null : 'types';
  } finally {
    copy.write(fault.path, sound);
  }
}

/** Whether the tests of these files and folders pass in a copy. */
export function testsPass(copy: ScratchCopy, group: readonly string[]): Promise<boolean> {
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
