import { execFile, execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { MINUTE } from '../model/time.ts';

const ROOT = join(import.meta.dirname, '..');

/** What runs in a copy takes seconds, or minutes beside other work; longer means that it hangs. */
export const HANGS_MS = 10 * MINUTE;

/** Where a copy says what of it is checked: no file of the repository. */
const PRODUCT = '.git/product.json';
const PRODUCT_TYPES = {
  extends: '../tsconfig.json',
  include: ['../**/*.ts'],
  exclude: ['../node_modules', '../test', '../bench'],
};

/** The exit code of a command, its standard output, and all that it wrote. */
interface Ran {
  code: number;
  stdout: string;
  all: string;
}

/** A copy of the repository in which a test tries a change. */
export interface ScratchCopy {
  root: string;
  /** Writes a new file, or an old one anew. */
  write(path: string, text: string): void;
  /** Replaces the one place where `from` stands. */
  edit(path: string, from: string, to: string): void;
  /** Paths of the files that were added, changed or removed since the copy was made. */
  touched(): string[];
  /** Runs a command of the copy, such as `vitest`. */
  run(command: string, ...args: string[]): Promise<Ran>;
  /** Runs the type checker over the product; tests may be touched by any change. */
  checkTypes(): Promise<Ran>;
  /** Undoes every change. */
  undo(): void;
  remove(): void;
}

/** Copies what is tracked or about to be; packages are those of the repository. */
export function scratchCopy(): ScratchCopy {
  const root = mkdtempSync(join(tmpdir(), 'piaokuang-copy-'));
  for (const path of git(ROOT, 'ls-files', '--cached', '--others', '--exclude-standard')) {
    if (!existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    copyFileSync(join(ROOT, path), join(root, path));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  git(root, 'init', '--quiet');
  // A link is no folder, so that what ignores the folder does not ignore it.
  appendFileSync(join(root, '.git/info/exclude'), 'node_modules\n');
  git(root, 'add', '--all');
  writeFileSync(join(root, PRODUCT), JSON.stringify(PRODUCT_TYPES));

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const run = (command: string, ...args: string[]) =>
    new Promise<Ran>((resolve) => {
      const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
      const options = { cwd: root, env: { ...process.env, PATH }, maxBuffer: 2 ** 26 };
      const child = execFile(command, args, options, (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, stdout, all: stdout + stderr }),
      );
    });
  return {
    root,
    write,

    edit(path, from, to) {
      const parts = readFileSync(join(root, path), 'utf8').split(from);
      if (parts.length !== 2) throw new Error(`${path} holds ${parts.length - 1} times: ${from}`);
      write(path, parts.join(to));
    },

    touched: () =>
      [
        ...git(root, 'diff', '--name-only'),
        ...git(root, 'ls-files', '--others', '--exclude-standard'),
      ].toSorted(),

    run,
    // Several threads take twice the work, and other tests run beside it.
    checkTypes: () => run('tsc', '--singleThreaded', '--project', PRODUCT),

    undo() {
      git(root, 'checkout', '--quiet', '--', '.');
      git(root, 'clean', '--quiet', '--force', '-d');
    },

    remove: () => rmSync(root, { recursive: true }),
  };
}

/** The lines that git answers, such as paths. */
function git(folder: string, ...args: string[]): string[] {
  const answer = execFileSync('git', ['-c', 'core.quotepath=off', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return answer.split('\n').filter((line) => line !== '');
}
