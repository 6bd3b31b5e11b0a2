import { FILES } from './index.ts';
import { writeLines } from './reference/lines.ts';
import { RECORDED } from './reference/recorded.ts';
import { installedReaders, type Recording, recordFiles } from './reference/recording.ts';

/**
 * Asks public readers about every file, or about those whose names have one of these words, and
 * writes down what they did. All readers must be installed, in the versions of what is kept.
 */
export async function record(words: readonly string[] = []): Promise<void> {
  const { versions, missing } = await installedReaders();
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`);
  const asked = FILES.filter(({ name }) => isAmong(name, words));
  const answers = await recordFiles(asked);
  const all = words.length === 0 ? answers : keptBeside(answers);
  const lines = FILES.flatMap(({ name }) => {
    const recorded = all.files[name];
    return recorded === undefined ? [] : [{ name, ...recorded }];
  });
  writeLines(new URL('./reference/recorded.jsonl', import.meta.url), [{ versions }, ...lines]);
}

function isAmong(name: string, words: readonly string[]): boolean {
  return words.length === 0 || words.some((word) => name.includes(word));
}

function keptBeside(answers: Recording): Recording {
  const [then, now] = [RECORDED.versions, answers.versions].map((it) => JSON.stringify(it));
  if (then !== now) throw new Error(`other versions than were recorded: record all: ${now}`);
  return { ...answers, files: { ...RECORDED.files, ...answers.files } };
}
