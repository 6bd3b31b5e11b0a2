import { SECOND } from '../../model/time.ts';
import { readArguments } from '../arguments.ts';
import { originOf, PRIVATE_HOST } from '../config/addresses.ts';
import { readEnvironment } from '../config/environment.ts';
import { keepFilesPrivate } from '../data-directory.ts';
import { UnrecoverableError } from '../unrecoverable.ts';
import { toldFailure } from './shared/failure.ts';

const LIMIT_MS = 4 * SECOND;

/**
 * `npm run ready [-- PROCESS …]`: asks the processes of this machine (all three, or those named)
 * whether they do their work. Exit code 0 when all do, 1 when one does not or does not answer, 2
 * when an argument is wrong.
 */
async function main(argv: readonly string[]): Promise<number> {
  keepFilesPrivate();
  const named = readArguments('ready', argv).words;
  const environment = readEnvironment(process.env);
  const ports: Record<string, number> = {
    collector: environment.collector_port,
    page: environment.page_private_port,
    notifier: environment.notify_port,
  };
  const unknown = named.find((name) => !(name in ports));
  if (unknown !== undefined)
    throw new UnrecoverableError(`${unknown} is no process: ${Object.keys(ports).join(', ')}.`);
  const asked = Object.entries(ports).filter(
    ([name]) => named.length === 0 || named.includes(name),
  );
  const answers = await Promise.all(asked.map(([name, port]) => ask(name, port)));
  for (const { line } of answers) process.stdout.write(`${line}\n`);
  return answers.every(({ is_ready }) => is_ready) ? 0 : 1;
}

async function ask(name: string, port: number): Promise<{ line: string; is_ready: boolean }> {
  try {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const answer = await fetch(`${originOf(PRIVATE_HOST, port)}/-/ready`, { signal });
    return { line: `${name}: ${(await answer.text()).trim()}`, is_ready: answer.ok };
  } catch {
    return { line: `${name}: does not answer on port ${port}`, is_ready: false };
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = toldFailure(error);
}
