import { FILES } from './index.ts';
import { writeLines } from './reference/lines.ts';
import { installedReaders, recordFiles } from './reference/recording.ts';

/**
 * Asks public readers about every file and writes down what they did. All must be installed: what
 * one of them did on another day says nothing of today's file.
 */
export async function record(): Promise<void> {
  const { missing } = await installedReaders();
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`);
  const { versions, files } = await recordFiles(FILES);
  const lines = Object.entries(files).map(([name, recorded]) => ({ name, ...recorded }));
  writeLines(new URL('./reference/recorded.jsonl', import.meta.url), [{ versions }, ...lines]);
}
