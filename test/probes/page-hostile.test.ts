import { expect, test } from 'vitest';
import { readPage } from '../../probes/page/page.ts';
import { recognise } from '../../probes/recognise.ts';

const SIZE = 1_000_000;
const fill = (text: string) => text.repeat(Math.ceil(SIZE / text.length)).slice(0, SIZE);
const bold = Array.from({ length: 480 }, (_, n) => `<b id=${n}>`).join('');

/** Pages whose reading could take a time or a memory that grows with more than their length. */
const HOSTILE: Record<string, string> = {
  'divisions in divisions': fill('<div>'),
  'bold in bold': fill('<b>'),
  'tables in tables': fill('<table><tr><td>'),
  'templates in templates': fill('<template>'),
  'formatting that is reconstructed': `<div>${bold}</div>${fill('<div>x</div>')}`,
  'links in paragraphs': fill('<a><p>'),
  'text before tables': fill('<table>x<b>'),
  paragraphs: fill('<p>x'),
  'one name of an attribute': `<p ${fill('a')}`,
  'an unclosed comment': `<!--${fill('-')}`,
  'an unclosed title': `<title>${fill('维护 ')}`,
  'references without an end': fill('&amp'),
  'digits in a refresh': `<meta http-equiv=refresh content="${fill('1')}">`,
  'words of maintenance': `<p>${fill('正在进行系统')}`,
  'words in a title': `<title>${fill('-系统')}`,
  'lone spaces': `<p>${fill('维 ')}`,
  'styles in an attribute': `<p style="${fill('display:')}">x`,
  'spaces in a style': `<p style="display:a${fill(' ')}b">x`,
  'marks in a style': `<p style="display:a${fill('! ')}b">x`,
};

test.for(Object.entries(HOSTILE))('%s are read within bounds', async ([, source]) => {
  const body = Buffer.from(source);
  const used = process.cpuUsage();
  const page = await readPage({ text: source, media_type: 'text/html', body }, () => false);
  const recognised = recognise({
    page,
    expected: { title: '发票', text: '查验', absent: '错误' },
    led_to: null,
    complete: true,
    status_expected: false,
  });
  const { user } = process.cpuUsage(used);
  expect(page.text.length).toBeLessThanOrEqual(200_000);
  expect(page.elements).toBeLessThanOrEqual(50_000);
  expect(recognised.ok ? recognised.value : recognised.failure.outcome).toMatch(/answered|system/);
  // Some 0.1 s on an idle machine; a square of the length would take minutes.
  expect(user / 1_000).toBeLessThan(5_000);
});
