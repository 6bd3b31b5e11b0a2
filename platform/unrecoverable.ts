/**
 * A configuration or an environment in which a process cannot work (a busy port, an unwritable
 * folder, a bad setting): trying again does not help. The message is for people and names what to
 * change. Exit code 2.
 */
export class UnrecoverableError extends Error {
  override name = 'UnrecoverableError';
}

/**
 * Exit code of a process that met {@link UnrecoverableError}: the supervisor stops everything
 * instead of restarting it.
 */
export const EXIT_UNRECOVERABLE = 2;
