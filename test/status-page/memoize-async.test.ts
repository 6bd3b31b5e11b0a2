import { expect, test } from 'vitest';
import { memoizeAsync } from '../../status-page/serve/memoize-async.ts';

test('is made once for everybody who asks, until it fails', async () => {
  const kept = new Map<string, Promise<string>>();
  const answers: (() => Promise<string>)[] = [
    () => Promise.reject(new Error('out of memory')),
    () => Promise.resolve('the page'),
    () => Promise.resolve('another page'),
  ];
  const ask = () => memoizeAsync(kept, 'en', () => answers.shift()?.() ?? Promise.reject());

  const [first, second] = [ask(), ask()];
  await expect(first).rejects.toThrow('out of memory');
  await expect(second).rejects.toThrow('out of memory');
  expect(answers).toHaveLength(2);
  expect(await Promise.all([ask(), ask()])).toEqual(['the page', 'the page']);
  expect(await ask()).toBe('the page');
});
