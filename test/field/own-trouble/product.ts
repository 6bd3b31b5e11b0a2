import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Installation, startInstallation } from '../../process/installation.ts';

/** The installation under test, started as a user starts it, and what can be done to it. */
export interface Product {
  now(): Installation;
  /** Where its page is; null while it does not run. */
  page(): string | null;
  /** Stops every process at once, as a machine that sleeps; or one of them. */
  freeze(which?: string): void;
  thaw(): void;
  /** Steps the wall clock of all its processes by so many ms against the machine's. */
  setClock(offset_ms: number): void;
  /** What the wall clock of its processes says now. */
  wallMs(): number;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Starts it again where it was left. */
  start(): Promise<void>;
}

const SHIM = join(import.meta.dirname, 'clock-shim.ts');

/** Starts it with its data, its configuration, and a file of the folder for its wall clock. */
export async function startProduct(
  data_dir: string,
  folder: string,
  config: string,
): Promise<Product> {
  const clock_file = join(folder, 'clock');
  let offset_ms = 0;
  let running: Installation | null = null;
  const frozen = new Set<number>();
  const product: Product = {
    now() {
      if (running === null) throw new Error('the product does not run');
      return running;
    },
    page: () => running?.page ?? null,
    freeze(which) {
      const { pids } = product.now();
      const chosen = which === undefined ? Object.values(pids) : [pids[which] ?? Number.NaN];
      for (const pid of chosen) {
        process.kill(pid, 'SIGSTOP');
        frozen.add(pid);
      }
    },
    thaw() {
      for (const pid of frozen) {
        // A stopped child may have been ended by its supervisor meanwhile.
        try {
          process.kill(pid, 'SIGCONT');
        } catch {}
      }
      frozen.clear();
    },
    setClock(offset) {
      offset_ms = offset;
      // One write, of one length, so that no reader sees half a number.
      writeFileSync(clock_file, String(offset).padEnd(16), { flag: 'r+' });
    },
    wallMs: () => Date.now() + offset_ms,
    async stop() {
      await running?.stop();
      running = null;
    },
    async kill() {
      await running?.kill();
      running = null;
    },
    async start() {
      running = await startInstallation({
        data_dir,
        args: ['--config', config],
        env: { DRILL_CLOCK: clock_file, NODE_OPTIONS: `--import ${SHIM}` },
      });
    },
  };
  writeFileSync(clock_file, '0'.padEnd(16));
  await product.start();
  return product;
}
