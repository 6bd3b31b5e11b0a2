import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { withMarks } from './beside-han.ts';
import { CHINESE_FILES, fullWidth } from './full-width.ts';
import { READ_FILES, replaced, stringsIn } from './passages.ts';
import { ROOT } from './repository.ts';

/** Writes the marks of Chinese texts, for `npm run format`. */
for (const path of READ_FILES) {
  const code = readFileSync(join(ROOT, path), 'utf8');
  const written = withMarks(path, CHINESE_FILES.includes(path) ? withFullWidth(path, code) : code);
  if (written !== code) writeFileSync(join(ROOT, path), written);
}

function withFullWidth(path: string, code: string): string {
  return replaced(code, stringsIn(parseSync(path, code).program), fullWidth);
}
