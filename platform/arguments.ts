import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { UnrecoverableError } from './unrecoverable.ts';

/** A command as people type it. */
interface Command {
  run: string;
  /** What may follow, as in its usage. */
  takes: string;
  about: string;
  /** By default `--config FILE`. */
  options?: ParseArgsOptionsConfig;
  /** Whether it takes words without a flag. */
  words?: true;
}

const TEXT = { type: 'string' } as const;
const SWITCH = { type: 'boolean' } as const;
const CONFIG = { config: TEXT };
const FILE = '[--config FILE]';
const NOTHING = { takes: '', options: {} };

/** Every command of the product: all take `--help` and `--version`, and refuse what is unknown. */
export const COMMANDS = {
  start: { run: 'npm start --', takes: FILE, about: 'Measures and publishes; the demo, or FILE.' },
  check: {
    run: 'npm run check --',
    takes: '--config FILE [--notify] [--explain CHECK]',
    about:
      'Validates FILE, runs every check once, reaches the mail server; --notify sends tests.\n' +
      '--explain runs CHECK alone, of the driver http, and prints what is asked and answered.',
    options: { ...CONFIG, notify: SWITCH, explain: TEXT },
  },
  history: {
    run: 'npm run history --',
    takes:
      `${FILE} [--component ID] [--from DATE] [--to DATE]\n` +
      '  [--kind figures|states|results] [--grain minute|hour|day|month|year] [--csv]',
    about: 'Prints what was measured.',
    options: {
      ...CONFIG,
      component: TEXT,
      from: TEXT,
      to: TEXT,
      kind: TEXT,
      grain: TEXT,
      csv: SWITCH,
    },
  },
  replay: { run: 'npm run replay --', takes: FILE, about: 'Judges the kept results again.' },
  'admin-token': {
    run: 'npm run admin-token --',
    takes: FILE,
    about: 'Replaces the token of the administrators, and prints it.',
  },
  backup: {
    run: 'npm run backup --',
    takes: '--to FILE, or --to FOLDER [--keep NUMBER]',
    about: 'Writes a backup of the data directory, also while the product runs.',
    options: { to: TEXT, keep: TEXT },
  },
  restore: {
    run: 'npm run restore --',
    takes: '--from FILE [--replace]',
    about: 'Puts a backup into the data directory, while nothing runs there.',
    options: { from: TEXT, replace: SWITCH },
  },
  verify: {
    run: 'npm run verify --',
    takes: '--from FILE, or --data FOLDER',
    about: 'Examines a backup, or a data directory, and changes nothing.',
    options: { from: TEXT, data: TEXT },
  },
  ingest: {
    run: 'npm run ingest --',
    takes: '--file FILE [--follow] [--url URL]',
    about: 'Posts the events in FILE, CSV or NDJSON; --follow goes on with what is appended.',
    options: { file: TEXT, follow: SWITCH, url: TEXT },
  },
  ready: {
    run: 'npm run ready --',
    takes: '[PROCESS …]',
    about: 'Asks the processes of this machine, or those named, whether they do their work.',
    options: {},
    words: true,
  },
  collector: { run: 'node collector/main.ts', takes: FILE, about: 'Measures, judges, records.' },
  page: { run: 'node status-page/main.ts', takes: FILE, about: 'Serves the page and the API.' },
  notifier: { run: 'node notify/main.ts', takes: FILE, about: 'Tells operators and subscribers.' },
  simulators: {
    run: 'node simulators/main.ts',
    ...NOTHING,
    about: 'Simulates the systems of the demo.',
  },
  bench: {
    run: 'npm run bench --',
    takes: '[WORD …]',
    about: 'Measures the budgets, or those with a WORD in their name.',
    options: {},
    words: true,
  },
  soak: {
    run: 'npm run soak --',
    takes: '[PART …]',
    about: 'Runs the long forms of the tests; SEED repeats a run.',
    options: {},
    words: true,
  },
  test: { run: 'npm test --', ...NOTHING, about: 'Runs what must hold.' },
  'test:long': {
    run: 'npm run test:long --',
    takes: '[--minutes N] [--seed S]',
    about: 'Runs every case of the process, browser and field tests.',
    options: { minutes: TEXT, seed: TEXT },
  },
  record: {
    run: 'npm run record --',
    takes: 'servers|files|pages [ID …]',
    about: 'Asks the reference programs anew about the odd servers, files or pages.',
    options: {},
    words: true,
  },
  sentences: { run: 'npm run sentences --', ...NOTHING, about: 'Writes docs/sentences.md.' },
  images: {
    run: 'npm run images --',
    takes: '[SCENE …]',
    about: 'Draws docs/images/, or the scenes named.',
    options: {},
    words: true,
  },
} as const satisfies Record<string, Command>;
export type CommandName = keyof typeof COMMANDS;

export interface ReadArguments {
  /** Values of the flags that were given. */
  flags: Readonly<Record<string, string | boolean | undefined>>;
  words: readonly string[];
  /** The arguments for loadConfiguration. */
  configuration: readonly string[];
}

/**
 * The arguments of a command. `--help` and `--version` are answered on stdout, and end the process
 * with 0.
 * @throws {UnrecoverableError} with the usage, for what the command does not take
 */
export function readArguments(name: CommandName, argv: readonly string[]): ReadArguments {
  const { options = CONFIG, words }: Command = COMMANDS[name];
  const given = parsed(name, argv, options, words ?? false);
  const { help, version, ...flags } = given.values;
  if (help || version) {
    process.stdout.write(help ? `${usageOf(name)}\n` : `${manifest.version}\n`);
    process.exit(0);
  }
  const config = 'config' in flags ? flags.config : undefined;
  return {
    flags: flags as ReadArguments['flags'],
    words: given.positionals,
    configuration: typeof config === 'string' ? ['--config', config] : [],
  };
}

function parsed(
  name: CommandName,
  argv: readonly string[],
  options: ParseArgsOptionsConfig,
  allowPositionals: boolean,
) {
  const all = { ...options, help: SWITCH, version: SWITCH };
  try {
    return parseArgs({ args: [...argv], options: all, allowPositionals });
  } catch (error) {
    // The first sentence; what Node advises after it does not fit.
    const [problem = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new UnrecoverableError(`${problem}\n${usageOf(name)}`);
  }
}

export function usageOf(name: CommandName): string {
  const { run, takes, about }: Command = COMMANDS[name];
  return `Usage: ${[run, takes].join(' ').trim()}\n${about}\n--help and --version print and end.`;
}

/** Of a command that serves nothing: prints why its arguments are refused, and ends with 2. */
export function argumentsOrExit(name: CommandName, argv = process.argv.slice(2)): ReadArguments {
  try {
    return readArguments(name, argv);
  } catch (error) {
    if (!(error instanceof UnrecoverableError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
