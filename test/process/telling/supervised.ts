import { SECOND, systemClock } from '../../../model/time.ts';
import { createLog } from '../../../platform/log.ts';
import { SUPERVISOR_LIMITS } from '../../../platform/process/limits.ts';
import { program } from '../../../platform/process/programs.ts';
import { createSupervisor } from '../../../platform/process/supervisor.ts';

/**
 * The notifier alone, under the supervisor of the product, which starts it again at once however
 * often it ends. Its arguments are the notifier's; it ends with its standard input.
 */
const supervisor = createSupervisor({
  log: createLog('main'),
  clock: systemClock,
  tell: () => {},
  limits: { ...SUPERVISOR_LIMITS, well_after_ms: SECOND },
});
process.stdin.once('end', () => void supervisor.stop().then(() => process.exit(0))).resume();
void supervisor.unrecoverable.then(({ why }) => {
  throw new Error(why);
});
await supervisor.start(program('notifier', process.argv.slice(2), {}));
