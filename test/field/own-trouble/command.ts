import { execFileSync } from 'node:child_process';

/** Runs a command to its end and returns what it wrote; throws with its own words if it fails. */
export function command(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
