import { expect, it } from 'vitest';
import { readPageRecording, recordPages } from './record.ts';

it('the installed Chromium still shows what was recorded', async () => {
  const [recorded, today] = [readPageRecording(), await recordPages()];
  const differ = Object.entries(today.pages).flatMap(([kind, pages]) =>
    Object.entries(pages).flatMap(([name, seen]) => {
      const before = recorded.pages[kind]?.[name];
      const [was, is] = [JSON.stringify(before), JSON.stringify(seen)];
      return was === is ? [] : [`${kind}, ${name}: ${was}, today ${is}`];
    }),
  );
  // Another version may do otherwise; it is said, and recorded when we move to it.
  if (today.chromium === recorded.chromium) expect(differ).toEqual([]);
  else process.stdout.write(`${today.chromium}: ${differ.length} differ\n${differ.join('\n')}\n`);
});
