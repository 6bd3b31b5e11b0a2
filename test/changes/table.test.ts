import { expect, it } from 'vitest';
import { tableRows } from '../tidy/repository.ts';
import { CHANGES, excess } from './table.ts';

const touched = (...paths: string[]) => paths.map((path) => ({ path, lines: 1 }));

it.each([
  ['a folder and a line', touched('channels/fax/send.ts', 'channels/index.ts'), []],
  ['documents and tests', touched('channels/fax/send.ts', 'docs/a.md', 'test/a.test.ts'), []],
  ['a second folder', touched('channels/fax/a.ts', 'channels/log/b.ts'), ['log besides fax']],
  ['what all channels share', touched('channels/kit/channel.ts'), ['channels/kit/channel.ts']],
  ['another room', touched('channels/fax/a.ts', 'notify/main.ts'), ['notify/main.ts']],
  [
    'many lines of what is shared',
    [{ path: 'channels/index.ts', lines: 3 }],
    ['3 lines of channels/index.ts'],
  ],
])('the helper itself: a channel that touches %s', (_, files, beyond) => {
  expect(excess(files, CHANGES['a channel'])).toEqual(beyond);
});

it('CONTRIBUTING.md has every change of the table', () => {
  const rows = tableRows('CONTRIBUTING.md', 'Where a change goes').map(([change]) => change);
  expect(rows).toEqual(Object.keys(CHANGES));
});
