import { describe, expect, it } from 'vitest';
import { FILES, read } from './repository.ts';

const TEXT = FILES.filter((path) => !/\.(png|ttf|otf|woff2?|pdf|ofd|gz|br|db)$/.test(path));

/** Folders of one machine, and hosts that packages were fetched from. */
const NOT_PORTABLE = [
  /(?<![\w.*])\/(work|root|home|Users)\/\w/,
  /https?:\/\/[\w.-]*(registry|npmmirror|verdaccio|artifactory)[\w.-]*/,
];

function notPortable(text: string): string[] {
  return text.split('\n').filter((line) => NOT_PORTABLE.some((pattern) => pattern.test(line)));
}

describe('a committed file', () => {
  it.each(TEXT)('%s names no folder of a machine and no package host', (path) => {
    expect(notPortable(read(path))).toEqual([]);
  });
});

it('is caught when it does', () => {
  const host = ['https://', 'registry', '.example.org/x'].join('');
  const folder = ['', 'home', 'me', 'x.ts'].join('/');
  expect(notPortable(`see ${folder}\nfine\n${host}`)).toEqual([`see ${folder}`, host]);
});
