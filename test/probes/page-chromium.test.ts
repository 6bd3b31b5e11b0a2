import { expect, test } from 'vitest';
import { mediaType, textOf } from '../../probes/exchange/text.ts';
import { readPage } from '../../probes/page/page.ts';
import type { PageCase } from '../field/pages/cases.ts';
import { recordedPages } from '../field/pages/record.ts';

/** Where we read on purpose what Chromium garbles, or not what only it has. */
const OTHERWISE: Record<string, string> = {
  'header hz-gb-2312': 'shown as one replacement character; unreadable here',
  'meta unknown': 'garbled as windows-1252; UTF-8 here',
  'nothing says it, utf-8': 'garbled as windows-1252; UTF-8 here',
  xml: "shown in Chromium's viewer",
  'xml in utf-8': "shown in Chromium's viewer",
  'in a select': 'parse5 follows the standard of before <select> took any content',
  'svg document': 'a drawing has no title here',
};

const CASES = recordedPages();

test.for(CASES.filter(([, { name }]) => OTHERWISE[name] === undefined))(
  'R4 R5 R7: read as Chromium reads it, %s',
  async ([, page, seen]) => {
    const read = await readLikeUs(page);
    expect({ title: read.title, text: inOneForm(read.text) }).toEqual({
      title: seen.title,
      text: inOneForm(seen.text),
    });
  },
);

test('every exception is one', async () => {
  for (const [name, page, seen] of CASES) {
    if (OTHERWISE[page.name] === undefined) continue;
    const read = await readLikeUs(page).catch(() => null);
    const same = read?.title === seen.title && inOneForm(read.text) === inOneForm(seen.text);
    expect(same, name).toBe(false);
  }
});

async function readLikeUs({ type, body }: PageCase) {
  const headers = type === null ? {} : { 'content-type': type };
  const text = textOf({ headers, body });
  if (!text.ok) throw new Error(text.failure.reason);
  return await readPage({ text: text.value, media_type: mediaType(headers), body }, () => false);
}

/** `innerText` keeps some white space that nobody sees, and we none. */
function inOneForm(text: string): string {
  return text
    .replace(/[ \t\r\f\u00a0]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
