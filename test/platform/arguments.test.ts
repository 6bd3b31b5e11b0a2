import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { COMMANDS, type CommandName } from '../../platform/arguments.ts';
import { ROOT } from '../tidy/repository.ts';

/** The file of each command, as package.json and docs/operations.md run it. */
const FILES: Record<CommandName, string> = {
  start: 'main.ts',
  check: 'platform/commands/check.ts',
  history: 'platform/commands/history.ts',
  replay: 'platform/commands/replay.ts',
  'admin-token': 'platform/commands/admin-token.ts',
  collector: 'collector/main.ts',
  page: 'status-page/main.ts',
  notifier: 'notify/main.ts',
  simulators: 'simulators/main.ts',
  bench: 'bench/run.ts',
  soak: 'test/soak/run.ts',
  test: 'test/run.ts',
  'test:long': 'test/run-long.ts',
  record: 'test/field/record.ts',
  sentences: 'test/messages/sentences/write.ts',
  images: 'test/browser/images/write.ts',
  backup: 'platform/commands/backup.ts',
  restore: 'platform/commands/restore.ts',
  verify: 'platform/commands/verify.ts',
  ingest: 'platform/commands/ingest.ts',
  ready: 'platform/commands/ready.ts',
};
const NAMES = Object.keys(COMMANDS) as CommandName[];

/** Runs a command in the repository; nothing of it may come about. */
function run(name: CommandName, flag: string) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = { ...process.env, DATA_DIR: '/nowhere/at/all' };
    const options = { cwd: ROOT, env };
    execFile(process.execPath, [FILES[name], flag], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test.each(NAMES)(
  'O9: %s --help prints its usage',
  async (name) => {
    const { code, stdout, stderr } = await run(name, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toContain(`Usage: ${COMMANDS[name].run}`);
  },
  60_000,
);

test.each(NAMES)(
  'O9: %s --version prints the version',
  async (name) => {
    const { code, stdout } = await run(name, '--version');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${manifest.version}\n` });
  },
  60_000,
);

test.each(NAMES)(
  'O9: %s refuses a flag that it does not know, with its own usage',
  async (name) => {
    const { code, stdout, stderr } = await run(name, '--florp');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("Unknown option '--florp'");
    expect(stderr).toContain(`Usage: ${COMMANDS[name].run}`);
  },
  60_000,
);

test('O9: every script of package.json that runs a file of ours is in the table', () => {
  const scripts = Object.entries(manifest.scripts).filter(([name, line]) => {
    return !/^pre/.test(name) && /^(NODE_\S+ .*)?(exec )?node .*\.ts$/.test(line);
  });
  expect(scripts.map(([name]) => name).toSorted()).toEqual(
    NAMES.filter((name) => /^npm/.test(COMMANDS[name].run)).toSorted(),
  );
});
