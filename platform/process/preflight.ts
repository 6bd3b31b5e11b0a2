import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, resolve } from 'node:path';
import { type Binding, listen } from '../listener.ts';
import { UnrecoverableError } from '../unrecoverable.ts';

/** The database holds mailboxes, and a key lies beside it. */
const OWNER_ONLY = 0o700;

/**
 * Makes the data folder and sees that it can be written.
 * @throws {UnrecoverableError} naming the folder and DATA_DIR
 */
export function prepareDataFolder(data_dir: string): void {
  try {
    makeFolder(resolve(data_dir));
    accessSync(data_dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UnrecoverableError(
      `The data folder ${data_dir} cannot be written (${code}); set DATA_DIR to a folder of ` +
        'your own.',
    );
  }
}

/**
 * Makes a folder and those above it. Not `{ recursive: true }`: where the system answers ENOENT
 * though the parent is there (as /proc does), Node tries for ever.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: OWNER_ONLY });
}

/**
 * Sees that every port can be had, all at once, so that two settings with the same port are noticed
 * too. Ports of 0 are left alone.
 * @throws {UnrecoverableError} naming the first port that is not free and its variable
 */
export async function checkPortsFree(bindings: readonly Binding[]): Promise<void> {
  const held: Server[] = [];
  try {
    for (const binding of bindings.filter(({ port }) => port !== 0)) {
      const server = createServer();
      await listen(server, binding);
      held.push(server);
    }
  } finally {
    await Promise.all(held.map((server) => new Promise((closed) => server.close(closed))));
  }
}
