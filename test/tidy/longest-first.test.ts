import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LONG_FILES } from '../longest-first.ts';

const ROOT = join(import.meta.dirname, '../..');

test('the tests that begin first are there', () => {
  expect(LONG_FILES.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});
