import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { program } from '../../platform/process/programs.ts';
import { FILES, ROOT, read } from '../tidy/repository.ts';

/** Where the units expect the product. */
const INSTALLED = '/opt/piaokuang';
const UNITS = FILES.filter((it) => /^deploy\/systemd\/.*\.(service|timer)$/.test(it));
const SERVICES = UNITS.filter((it) => it.endsWith('.service'));

const analyze = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });
const without = analyze.status === 0 ? '' : ' (NOT RUN: there is no systemd-analyze)';

/** The settings of a unit with all their values, in order. */
function settingsOf(path: string): Map<string, string[]> {
  const settings = new Map<string, string[]>();
  for (const line of read(path).split('\n')) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    settings.set(name, [...(settings.get(name) ?? []), value]);
  }
  return settings;
}

function commandOf(path: string): string[] {
  return settingsOf(path).get('ExecStart')?.[0]?.split(' ') ?? [];
}

it('there are units of every process, of all together, and of backups', () => {
  expect(UNITS.map((it) => basename(it)).toSorted()).toEqual([
    'piaokuang-backup.service',
    'piaokuang-backup.timer',
    'piaokuang-collector.service',
    'piaokuang-notifier.service',
    'piaokuang-page.service',
    'piaokuang.service',
  ]);
});

describe.each(SERVICES)('%s', (unit) => {
  it('starts a program that is there, with the runtime of the dependencies', () => {
    const [node = '', ...given] = commandOf(unit);
    const module = given.find((it) => it.endsWith('.ts')) ?? '';
    expect(node).toBe(`${INSTALLED}/node_modules/.bin/node`);
    expect(settingsOf(unit).get('WorkingDirectory')).toEqual([INSTALLED]);
    expect(existsSync(join(ROOT, module)), module).toBe(true);
  });

  it('may do little, and is not started again where that helps nothing', () => {
    const found = Object.fromEntries(
      [...settingsOf(unit)].map(([name, values]) => [name, values.join(' ')]),
    );
    expect(found).toMatchObject({
      User: 'piaokuang',
      NoNewPrivileges: 'yes',
      CapabilityBoundingSet: '',
      ProtectSystem: 'strict',
      ProtectHome: 'yes',
      PrivateTmp: 'yes',
      PrivateDevices: 'yes',
      SystemCallFilter: '@system-service ~@privileged',
      UMask: '0077',
      StateDirectoryMode: '0700',
      MemoryMax: expect.stringMatching(/^\d+[MG]$/),
      ...(found.Type === 'oneshot' ? {} : { RestartPreventExitStatus: '2' }),
    });
  });
});

it.each(['collector', 'page', 'notifier'] as const)(
  'the unit of the %s gives it the heap that the supervisor would',
  (name) => {
    const { flags, module } = program(name, [], {});
    const [, ...given] = commandOf(`deploy/systemd/piaokuang-${name}.service`);
    expect(given.slice(0, 3)).toEqual([...flags, module.slice(ROOT.length + 1)]);
  },
);

test.skipIf(analyze.status !== 0)(
  `systemd accepts every unit, and finds none exposed${without}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'piaokuang-units-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const paths = UNITS.map((unit) => {
      const path = join(folder, basename(unit));
      writeFileSync(path, read(unit).replaceAll(INSTALLED, ROOT));
      return path;
    });
    const verified = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], {
      encoding: 'utf8',
    });
    // Of the units that the machine itself has it says something, too.
    const of_ours = verified.stderr.split('\n').filter((line) => line.includes('piaokuang'));
    expect(of_ours).toEqual([]);
    for (const path of paths.filter((it) => it.endsWith('.service'))) {
      const args = ['security', '--offline=true', '--no-pager', path];
      const { stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
      const exposure = Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
      expect(exposure, path).toBeLessThan(2);
    }
  },
);
