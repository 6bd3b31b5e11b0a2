import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { NameServer } from './dns.ts';
import type { Health, Witnessed } from './servers.ts';
import type { Site } from './sites.ts';

/** What the world is asked to do. */
export type Ask =
  | { what: 'serve'; device: string; address: string; sites: Site[] }
  | { what: 'become'; site: string; health: Health }
  | { what: 'names'; mode: NameServer['mode']; hung: string[] }
  | { what: 'mute'; on: boolean; address: string };

export interface World {
  pid: number;
  ask(ask: Ask): Promise<void>;
  /** All that was seen so far, oldest first. */
  seen: readonly Witnessed[];
  stop(): void;
}

/** Starts the world in a network of its own, without a line yet. */
export async function startWorld(): Promise<World> {
  const child = spawn(
    'unshare',
    ['--net', process.execPath, join(import.meta.dirname, 'main.ts')],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const seen: Witnessed[] = [];
  const waiting = new Map<number, (error: string | null) => void>();
  const ready = Promise.withResolvers<void>();
  let asked = 0;
  child.on('message', (message: Message) => {
    if ('ready' in message) ready.resolve();
    else if ('seen' in message) seen.push(message.seen);
    else waiting.get(message.id)?.(message.error);
  });
  child.once('exit', (code) => ready.reject(new Error(`the world ended with ${code}`)));
  await ready.promise;
  return {
    pid: child.pid ?? Number.NaN,
    seen,
    ask(ask) {
      asked += 1;
      const id = asked;
      const done = Promise.withResolvers<void>();
      waiting.set(id, (error) => {
        waiting.delete(id);
        if (error === null) done.resolve();
        else done.reject(new Error(error));
      });
      child.send({ id, ask });
      return done.promise;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

type Message = { ready: true } | { seen: Witnessed } | { id: number; error: string | null };
