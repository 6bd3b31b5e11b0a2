import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { MINUTE } from '../../model/time.ts';

/** A fault may make a loop that never ends. */
export const HANGS_AFTER_MS = 5 * MINUTE;
/** One that fills the memory is to end soon. */
const MEMORY = '--max-old-space-size=1024';

/** The tests of a group, after a file has changed. */
export interface AskedTests {
  changed: string;
  group: readonly string[];
}

/** `is_broken`: by more than a test that failed, so that what comes next might be, too. */
export interface TestsAnswer {
  passed: boolean;
  is_broken: boolean;
}

/** Tests of a copy that are loaded once, so that a fault costs only those that see it. */
export interface ResidentTests {
  /** False also where they never end. */
  pass(asked: AskedTests): Promise<boolean>;
  stop(): Promise<void>;
}

export function startResidentTests(root: string): ResidentTests {
  let child: ChildProcess | null = null;

  function start(): ChildProcess {
    const program = join(root, 'test/faults/resident.ts');
    const env = { ...process.env, NODE_OPTIONS: MEMORY };
    return fork(program, { cwd: root, env, stdio: 'ignore', detached: true });
  }

  async function stop(): Promise<void> {
    const stopped = child;
    child = null;
    if (stopped?.pid === undefined || stopped.exitCode !== null) return;
    const gone = once(stopped, 'exit');
    process.kill(-stopped.pid, 'SIGKILL');
    await gone;
  }

  return {
    async pass(asked) {
      child ??= start();
      const answer = await answerOf(child, asked);
      if (answer?.is_broken !== false) await stop();
      return answer?.passed === true;
    },
    stop,
  };
}

/** null: it ended without one, or did not end in time. */
async function answerOf(child: ChildProcess, asked: AskedTests): Promise<TestsAnswer | null> {
  const { promise, resolve } = Promise.withResolvers<TestsAnswer | null>();
  const giveUp = () => resolve(null);
  const limit = setTimeout(giveUp, HANGS_AFTER_MS);
  child.once('message', (answer) => resolve(answer as TestsAnswer)).once('exit', giveUp);
  child.send(asked, (error) => error && giveUp());
  const answer = await promise;
  clearTimeout(limit);
  child.removeAllListeners();
  return answer;
}
