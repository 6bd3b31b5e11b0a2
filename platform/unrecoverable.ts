/**
 * A configuration or an environment in which a process cannot run (port in use, directory not
 * writable, invalid setting), so that a retry does not help. The message is for people and names
 * what to change. Exit code 2.
 */
export class UnrecoverableError extends Error {
  override name = 'UnrecoverableError';
}

/**
 * Exit code for {@link UnrecoverableError}: the supervisor stops everything instead of restarting.
 */
export const EXIT_UNRECOVERABLE = 2;
