import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** A one-line description of code and machine. */
export function describeMachine(): string {
  const memory_gib = (totalmem() / 2 ** 30).toFixed(0);
  return [
    `commit ${commit()}`,
    `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? 'unknown CPU'}`,
    `${memory_gib} GiB`,
    `${process.platform} ${process.arch}`,
    `Node ${process.versions.node}`,
  ].join(', ');
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  return `${git('rev-parse', '--short', 'HEAD').trim()}${changed ? ' and changes' : ''}`;
}

/** Load average of the last minute; above the number of cores, processes had to wait. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
