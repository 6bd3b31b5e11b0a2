import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, resolve } from 'node:path';
import { type Binding, listen } from '../listener.ts';
import { UnrecoverableError } from '../unrecoverable.ts';

/** The directory contains mailboxes and a secret key. */
const OWNER_ONLY = 0o700;

/**
 * Creates the data directory and checks that it is writable.
 *
 * @throws {UnrecoverableError} naming the directory and DATA_DIR
 */
export function prepareDataDirectory(data_dir: string): void {
  try {
    createFolder(resolve(data_dir));
    accessSync(data_dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UnrecoverableError(
      `The data directory ${data_dir} is not writable (${code}); set DATA_DIR to a directory of ` +
        'your own.',
    );
  }
}

/**
 * Creates a directory and its parents. Not `{ recursive: true }`: where the system answers ENOENT
 * although the parent exists (as /proc does), Node retries forever.
 */
function createFolder(folder: string): void {
  if (existsSync(folder)) return;
  createFolder(dirname(folder));
  mkdirSync(folder, { mode: OWNER_ONLY });
}

/**
 * Checks that every port is available, all at once, so that duplicate ports are detected too.
 * Ignores ports of 0.
 * @throws {UnrecoverableError} naming the first port that is not free and its variable
 */
export async function checkPortsFree(bindings: readonly Binding[]): Promise<void> {
  const opened: Server[] = [];
  try {
    for (const binding of bindings.filter(({ port }) => port !== 0)) {
      const server = createServer();
      await listen(server, binding);
      opened.push(server);
    }
  } finally {
    await Promise.all(opened.map((server) => new Promise((closed) => server.close(closed))));
  }
}
