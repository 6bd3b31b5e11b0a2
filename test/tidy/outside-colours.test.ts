import { expect, test } from 'vitest';
import { read } from './repository.ts';

const colours = (path: string): string[] => read(path).match(/#[0-9a-f]{3,6}\b/g) ?? [];

test.each(['status-page/public/views/badge.ts', 'status-page/web/embed/style.ts'])(
  'O6: %s, which no style sheet reaches, has the colours of the page',
  (path) => {
    expect(colours(path).length).toBeGreaterThan(15);
    const of_page = colours('status-page/web/styles/tokens.css');
    expect(colours(path).filter((it) => !of_page.includes(it))).toEqual([]);
  },
);
