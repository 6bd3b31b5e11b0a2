import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FILES } from '../index.ts';
import { writeLines } from '../reference/lines.ts';

/**
 * Asks ofdrw about every OFD and writes its answers beside this file. By hand, for it needs a JDK,
 * Maven and half a hundred libraries: `node test/field/files/ofdrw/ask.ts`.
 */
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'piaokuang-ofdrw-'));
try {
  FILES.filter(({ format }) => format === 'ofd').forEach((file, n) => {
    writeFileSync(join(folder, `${String(n).padStart(3, '0')}.ofd`), file.make());
  });
  const answers = ask(folder).toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  writeLines(new URL('./ofdrw.jsonl', import.meta.url), [{ version: version() }, ...answers]);
} finally {
  rmSync(folder, { recursive: true });
}

function ask(files: string): { sha256: string }[] {
  const list = join(tmpdir(), 'piaokuang-ofdrw-classpath.txt');
  const goal = ['dependency:build-classpath', `-Dmdep.outputFile=${list}`];
  run('mvn', ['-q', '-B', '-f', here('./pom.xml'), ...goal]);
  const libraries = readFileSync(list, 'utf8').trim();
  rmSync(list);
  const said = run('java', [
    '-Djava.awt.headless=true',
    '-cp',
    libraries,
    here('./Ask.java'),
    files,
  ]);
  const lines = said.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line));
}

function run(program: string, args: readonly string[]): string {
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 };
  const { status, stdout } = spawnSync(program, args, options as { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: exit ${status}`);
  return stdout;
}

function version(): string {
  const pom = readFileSync(here('./pom.xml'), 'utf8');
  return /ofdrw-full<\/artifactId>\s*<version>([^<]+)/.exec(pom)?.[1] ?? 'unknown';
}
