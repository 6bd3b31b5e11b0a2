import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** What figures depend on, in one line: the code, the machine and how busy others keep it (load of the last minute). */
export function describeMachine(): string {
  const memory_gib = (totalmem() / 2 ** 30).toFixed(0);
  return [
    `commit ${commit()}`,
    `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? 'unknown CPU'}`,
    `${memory_gib} GiB`,
    `${process.platform} ${process.arch}`,
    `Node ${process.versions.node}`,
    `load ${loadavg()[0]?.toFixed(1)} at the beginning`,
  ].join(', ');
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  return `${git('rev-parse', '--short', 'HEAD').trim()}${changed ? ' and changes' : ''}`;
}
