import { afterAll, beforeAll, expect, test } from 'vitest';
import { HANGS_MS, type ScratchCopy, scratchCopy } from '../scratch-copy.ts';
import { beyondTable } from './table.ts';

/**
 * A new channel, for readers and operators: its folder, and its line in the map with the import
 * that it needs. It appends messages to files below a folder.
 */

const CHANNEL = {
  'settings.ts': `
import { z } from 'zod';

/** \`file\`: the folder that messages are written to. */
export const fileSettings = () =>
  z.object({ file: z.strictObject({ folder: z.string() }).optional() });
export type FileSettings = z.infer<ReturnType<typeof fileSettings>>;

export const fileOperator = () => ({ name: z.string().regex(/^[a-z]+$/, 'expected a name') });
`,
  'address.ts': `
/** The name of a file in small letters. */
export function readName(text: string): { address: string } | { problem: 'no_name' } {
  const address = text.toLowerCase();
  return /^[a-z]+$/.test(address) ? { address } : { problem: 'no_name' };
}
`,
  'field.ts': `
import type { AddressField } from '../kit/channel.ts';
import { readName } from './address.ts';

export const fileField: AddressField = {
  name: 'file',
  type: 'text',
  read: readName,
  receiver: (address) => address,
};
`,
  // English is still to come.
  'words/zh-CN.ts': `
export default {
  name: '文件',
  label: '文件名',
  hint: '小写字母。',
  'problem.no_name': '请填写文件名。',
};
`,
  'words/index.ts': `
import zhCN from './zh-CN.ts';

export const fileWords = { 'zh-CN': zhCN };
`,
  'send.ts': `
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sender, SenderParts } from '../kit/sender.ts';
import type { FileSettings } from './settings.ts';

export function createFileSender({ settings, render }: SenderParts<FileSettings>): Sender {
  const folder = settings.file?.folder ?? '';
  return {
    shared: true,
    async send(message) {
      const { announcement } = render(message);
      const line = JSON.stringify({ ...announcement, links: message.to.links });
      await appendFile(join(folder, message.to.address + '.jsonl'), line + '\\n');
      return { result: 'sent' };
    },
  };
}
`,
  'simulator.ts': `
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChannelSimulator } from '../kit/simulator.ts';

export async function simulateFile(folder: string): Promise<ChannelSimulator> {
  const linesOf = async (name: string) => (await readFile(join(folder, name), 'utf8')).split('\\n');
  return {
    section: { file: { folder }, operators: [{ channel: 'file', name: 'operator' }] },
    env: {},
    address: 'Reader',
    async received() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
      return (await Promise.all(names.map(linesOf))).flat().filter((line) => line !== '');
    },
    async stop() {},
  };
}
`,
  'index.ts': `
import type { Channel } from '../kit/channel.ts';
import { fileField } from './field.ts';
import { type FileSettings, fileOperator, fileSettings } from './settings.ts';
import { fileWords } from './words/index.ts';

/** JSON in files, a line for each message. */
export const file: Channel<FileSettings> = {
  settings: fileSettings,
  missing: ({ file }) => (file ? null : 'file requires notify.file'),
  operator: { keys: fileOperator, address: 'name' },
  field: fileField,
  words: fileWords,
  openSender: async (parts) => (await import('./send.ts')).createFileSender(parts),
  openSimulator: async (data_dir) => (await import('./simulator.ts')).simulateFile(data_dir),
};
`,
};

/** What a person looks at: the form in both languages, and what is wrong with an address. */
const LOOK = `
import { expect, test } from 'vitest';
import { notifySettings } from './settings.ts';
import { fakeClock, openSite, siteConfiguration, startPage } from '../status-page/site.ts';

test('a language that the channel lacks is borrowed visibly', async () => {
  const notify = notifySettings({ file: { folder: '/tmp' } });
  const site = await openSite({ ...siteConfiguration(), notify });
  const page = await startPage({ site, clock: fakeClock() });
  const form = async (locale, init = {}) =>
    await (await fetch(page.url + '/' + locale + '/subscribe', init)).text();
  expect(await form('zh-CN')).toContain('<label for="file">文件名</label>');
  expect(await form('en')).toContain('<label for="file">文件名〔中文〕</label>');
  const body = new URLSearchParams({ channel: 'file', file: '../x', kinds: 'incident' });
  const headers = { 'sec-fetch-site': 'same-origin' };
  const wrong = await form('en', { method: 'POST', headers, body });
  expect(wrong).toContain('<p class="wrong" id="file-problem">请填写文件名。〔中文〕</p>');
  expect(wrong).toContain('value="../x"');
  await page.stop();
  await site.close();
});
`;

let copy: ScratchCopy;
beforeAll(() => {
  copy = scratchCopy();
  for (const [path, text] of Object.entries(CHANNEL)) copy.write(`channels/file/${path}`, text);
  const imported = "import { file } from './file/index.ts';";
  const map = 'channels/index.ts';
  copy.edit(map, 'import type { Channel }', `${imported}\nimport type { Channel }`);
  copy.edit(map, '  webhook,\n', '  webhook,\n  file,\n');
});
afterAll(() => copy.remove());

test('a channel touches its folder and one line, and is sound', { timeout: HANGS_MS }, async () => {
  expect(copy.touched()).toEqual(
    [
      ...Object.keys(CHANNEL).map((path) => `channels/file/${path}`),
      'channels/index.ts',
    ].toSorted(),
  );
  expect(beyondTable(copy, 'a channel')).toEqual([]);
  expect(await copy.checkTypes()).toMatchObject({ code: 0, all: '' });
});

test('readers subscribe by it and operators are alerted', { timeout: HANGS_MS }, async () => {
  copy.write('test/channels/look.test.ts', LOOK);
  const files = ['contract', 'look'].map((name) => `test/channels/${name}.test.ts`);
  const { code, all } = await copy.run('vitest', 'run', '--reporter=verbose', ...files);
  expect(all).toContain('the channel file');
  expect({ code, all }).toMatchObject({ code: 0 });
});
