import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from './fill.ts';
import type { OrderedInjury } from './injuries.ts';

/** Where orders lie and what happened is told, and the file that fills the disk. */
export interface OrderParts {
  folder: string;
  ballast: string | undefined;
  /** Whose steps are passed; orders for it lie in a file of that name. */
  name: string;
  victimOf(injury: OrderedInjury): number;
}

/** What is left when an injury was carried out. */
export interface Happened {
  at: number;
  pid: number;
}

/** A step that is seldom is not waited for n times, but struck at the first after this time. */
const NTH_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** Carries out the order of the moment at its step: to be called with each that is passed. */
export function obeyOrders({ folder, ballast, name, victimOf }: OrderParts) {
  const order = orderPath(folder, name);
  let injury: OrderedInjury | null = null;
  let ordered_at = 0;
  readOrder();
  const looking = setInterval(readOrder, LOOK_EVERY_MS).unref();
  return {
    pass(step: string): void {
      if (injury?.step !== step || Date.now() > injury.until) return;
      injury.nth -= 1;
      if (injury.nth > 0 && performance.now() - ordered_at < NTH_WITHIN_MS) return;
      const ordered = injury;
      injury = null;
      const pid = victimOf(ordered);
      const happened: Happened = { at: Date.now(), pid };
      writeFileSync(happenedPath(folder), JSON.stringify(happened));
      if (ordered.action === 'kill') signal(pid, 'SIGKILL');
      if (ordered.action === 'stop') signal(pid, 'SIGSTOP');
      if (ordered.action === 'full' && ballast !== undefined) fill(ballast);
    },
    stop: () => clearInterval(looking),
  };

  function readOrder(): void {
    try {
      injury = JSON.parse(readFileSync(order, 'utf8')) as OrderedInjury;
      ordered_at = performance.now();
      rmSync(order);
    } catch {
      // None.
    }
  }
}

/** To a process and to no group; one that has ended meanwhile needs none. */
export function signal(pid: number, name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  if (!(pid > 1)) throw new Error(`no process: ${pid}`);
  try {
    process.kill(pid, name);
  } catch {
    // Killed by its supervisor.
  }
}

export function writeOrder(folder: string, ordered: OrderedInjury): void {
  const order = orderPath(folder, ordered.process);
  writeFileSync(`${order}.part`, JSON.stringify(ordered));
  renameSync(`${order}.part`, order);
}

export function withdrawOrder(folder: string, { process }: OrderedInjury): void {
  rmSync(orderPath(folder, process), { force: true });
}

/** null: nothing yet. */
export function readHappened(folder: string): Happened | null {
  try {
    return JSON.parse(readFileSync(happenedPath(folder), 'utf8')) as Happened;
  } catch {
    return null;
  }
}

export function forgetHappened(folder: string): void {
  rmSync(happenedPath(folder), { force: true });
}

const orderPath = (folder: string, name: string) => join(folder, `${name}.json`);
const happenedPath = (folder: string) => join(folder, 'happened');
