import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished } from 'vitest';

export interface OtherProgram {
  /** Lines on stdout so far. */
  lines: string[];
}

interface Started {
  cwd: string;
  /** Whether it runs, by what it has said so far or by asking it. */
  isReady(lines: readonly string[]): boolean | Promise<boolean>;
}

/** A program of others, until the end of the test. */
export async function startProgram(
  command: string,
  args: readonly string[],
  { cwd, isReady }: Started,
): Promise<OtherProgram> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const complained = text(child.stderr);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const failed = ended.then(async () => {
    throw new Error(`${command} ended: ${await complained}`);
  });
  failed.catch(() => {});
  await Promise.race([failed, expect.poll(() => isReady(lines)).toBe(true)]);
  return { lines };
}

/** Whether somebody answers at an address. */
export function answersAt(url: string): () => Promise<boolean> {
  return () =>
    fetch(url).then(
      () => true,
      () => false,
    );
}
