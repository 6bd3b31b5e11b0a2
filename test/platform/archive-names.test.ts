import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveName, removeOldArchives } from '../../platform/backup/archive-names.ts';
import { dataFolder } from './run-command.ts';

const WRITTEN = archiveName('piaokuang.db', Date.parse('2026-11-28T19:24:00.123Z'));

test.each([
  [1, []],
  [2, ['piaokuang-20270101T000000.000Z.tar']],
  [3, ['piaokuang-20261127T000000.000Z.tar', 'piaokuang-20270101T000000.000Z.tar']],
])('of archives %i are kept, the one just written first of all', (kept, others) => {
  const folder = dataFolder();
  const old = [
    'piaokuang-20261126T000000.000Z.tar',
    'piaokuang-20261127T000000.000Z.tar',
    // Of a clock that was ahead.
    'piaokuang-20270101T000000.000Z.tar',
  ];
  for (const name of [...old, WRITTEN, 'other-20261126T000000.000Z.tar'])
    writeFileSync(join(folder, name), '');
  const removed = removeOldArchives(folder, { database: 'piaokuang.db', written: WRITTEN, kept });
  expect(removed).toEqual(old.filter((it) => !others.includes(it)));
  expect(readdirSync(folder).toSorted()).toEqual(
    ['other-20261126T000000.000Z.tar', WRITTEN, ...others].toSorted(),
  );
});
