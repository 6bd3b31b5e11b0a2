import { afterEach, expect, test, vi } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { isNotFetched, refreshArticle } from '../../status-page/web/refresh.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A browser that shows version 1 of an article, and whose server answers so. */
function anOpenArticle(answer: () => Promise<Pick<Response, 'status' | 'ok' | 'text'>>) {
  vi.useFakeTimers({ toFake: ['performance'] });
  const asked = vi.fn(answer);
  const article = { dataset: { version: '1' } };
  vi.stubGlobal('fetch', asked);
  vi.stubGlobal('location', { href: 'https://status.example.invalid/en/incidents/x' });
  vi.stubGlobal('document', { hidden: false, querySelector: () => article });
  vi.stubGlobal(
    'DOMParser',
    class {
      parseFromString = () => ({ querySelector: () => null });
    },
  );
  return asked;
}

test('an article that cannot be had is asked for less and less often, then told of', async () => {
  let is_there = false;
  const asked = anOpenArticle(async () => {
    if (!is_there) throw new TypeError('no connection');
    return { status: 200, ok: true, text: async () => '' };
  });
  const asked_at: number[] = [];
  for (let s = 0; s <= 190; s++) {
    const before = asked.mock.calls.length;
    // Twice a second at least, a headline says that there is another version.
    await Promise.all([refreshArticle('2'), refreshArticle('2')]);
    if (asked.mock.calls.length > before) asked_at.push(s);
    expect(isNotFetched()).toBe(true);
    vi.advanceTimersByTime(SECOND);
  }
  // After 1, 2, 4, 8, 16 and 32 seconds, then each minute.
  expect(asked_at).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
  expect(asked).toHaveBeenCalledTimes(9);
  is_there = true;
  vi.advanceTimersByTime(60 * SECOND);
  // Also if the version is the one that is shown.
  await refreshArticle('1');
  expect(isNotFetched()).toBe(false);
});
