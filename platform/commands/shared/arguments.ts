import { UnrecoverableError } from '../../unrecoverable.ts';

/** What `parse` makes of the arguments; what it throws is told together with the usage. */
export function orUsage<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UnrecoverableError(`${(error as Error).message}\n${usage}`);
  }
}
