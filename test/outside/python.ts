import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** Debian's Python with the packages of requirements.txt, where the set-up of tests puts them. */
const PYTHON = '/usr/bin/python3';
const PACKAGES = join(import.meta.dirname, '../../node_modules/.cache/python');

interface Run {
  /** On stdin. */
  input?: string;
  cwd?: string;
  env?: Record<string, string>;
}

/** What a program of the packages or beside this file says on stdout; throws when it fails. */
export async function runPython(args: readonly string[], { input = '', ...how }: Run = {}) {
  const child = start(args, how);
  child.stdin.end(input);
  const [said, complained, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  if (code !== 0) throw new Error(`python3 ${args.join(' ')}: ${complained}`);
  return said;
}

/** A server beside this file, until the end of the test. It says by lines of JSON what happens. */
export async function startPython<Ready, Event>(args: readonly string[]) {
  const child = start(args, {});
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const events: Event[] = [];
  const complained = text(child.stderr);
  const ready = await new Promise<Ready>((resolve, reject) => {
    lines.once('line', (line) => {
      lines.on('line', (it) => events.push(JSON.parse(it)));
      resolve(JSON.parse(line));
    });
    child.once('close', async () => reject(new Error(await complained)));
  });
  return { ready, events };
}

function start(args: readonly string[], { cwd = import.meta.dirname, env = {} }: Run) {
  const variables = { PYTHONPATH: PACKAGES, PYTHONDONTWRITEBYTECODE: '1', ...env };
  return spawn(PYTHON, args, { cwd, env: { ...process.env, ...variables } });
}
