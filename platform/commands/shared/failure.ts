import { isDatabaseRefusal, StoreTrouble } from '../../../store/errors.ts';
import { BackupDamaged } from '../../backup/damaged.ts';
import { print } from '../../console.ts';
import { EXIT_UNRECOVERABLE, UnrecoverableError } from '../../unrecoverable.ts';

/** Something failed that may succeed another time, such as on a disk that is not full. */
const EXIT_FAILED = 1;

/** Says why a command failed, and returns its exit code. Other errors are thrown. */
export function toldFailure(error: unknown): number {
  const is_refusal =
    error instanceof UnrecoverableError ||
    error instanceof BackupDamaged ||
    isDatabaseRefusal(error);
  if (!is_refusal && !(error instanceof StoreTrouble) && !isOfFiles(error)) throw error;
  print(error instanceof Error ? error.message : String(error));
  return is_refusal ? EXIT_UNRECOVERABLE : EXIT_FAILED;
}

/** Of the system, as for a full disk; its message names the file. */
function isOfFiles(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/** Calls back when this process ends, also by a signal that asks for it. */
export function atEnd(remove: () => void): void {
  process.once('exit', remove);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(EXIT_FAILED));
}
