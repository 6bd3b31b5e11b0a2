import { fork } from 'node:child_process';
import { once } from 'node:events';
import { program } from './programs.ts';

/** What main.ts must know of what was prepared. */
export interface Preparation {
  demo: boolean;
}

/**
 * Has everything prepared by a process of its own, so that its memory is free before the others
 * start. One that fails has told people why: this process then exits as it did.
 */
export async function prepareStart(argv: readonly string[]): Promise<Preparation> {
  const { module, args, variables } = program('preparation', argv, {});
  const child = fork(module, args, { env: { ...process.env, ...variables } });
  let prepared: Preparation | null = null;
  child.once('message', (message) => {
    prepared = message as Preparation;
  });
  const [[code]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  return prepared ?? process.exit(code ?? 1);
}
