import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CATALOGUES } from '../../messages/catalogue.ts';
import type { MessageKey } from '../../messages/index.ts';
import { COMPLETE_LOCALES, LOCALES } from '../../model/vocabulary.ts';

/** One file of each in the folder of a language. */
const SUBJECTS = ['page', 'subscription', 'notices', 'admin', 'demo', 'refusals', 'articles'];

async function textsOf(subject: string): Promise<Record<string, string>> {
  return (await import(`../../messages/zh-CN/${subject}.ts`)).default;
}

/**
 * The placeholders of a message, sorted; not those by which a form is chosen, which only some
 * languages have.
 */
function placeholders(message: string): string[] {
  const shown = [...message.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return [...new Set(shown)].sort();
}

/** Placeholders by which a form is chosen. */
function choosers(message: string): string[] {
  return [...message.matchAll(/\{(\w+)\|/g)].map(([, name = '']) => name);
}

/** Messages that are given the number of the functions in them, shown or not. */
const COUNTED = /^(incident\.(now|was)|verdict)\.\w+$/;

describe('the catalogue', () => {
  const first: Partial<Record<MessageKey, string>> = CATALOGUES[LOCALES[0]] ?? {};

  test.each(COMPLETE_LOCALES)('%s says everything', (locale) => {
    expect(Object.keys(CATALOGUES[locale] ?? {}).sort()).toEqual(Object.keys(first).sort());
  });

  test.each(LOCALES)('%s has the parameters of the first language, and no empty text', (locale) => {
    for (const [key, message] of Object.entries(CATALOGUES[locale] ?? {})) {
      const expected = placeholders(first[key as MessageKey] ?? '');
      expect([key, placeholders(message)]).toEqual([key, expected]);
      if (key !== 'sentence.separator') expect([key, message.trim()]).not.toEqual([key, '']);
    }
  });

  test.each(LOCALES)('%s chooses forms by numbers that the message is given', (locale) => {
    for (const [key, message] of Object.entries(CATALOGUES[locale] ?? {})) {
      const given = placeholders(first[key as MessageKey] ?? '');
      const is_given = (name: string) =>
        given.includes(name) ||
        (name === 'n' && COUNTED.test(key) && /\{(functions|tasks)\}/.test(message));
      expect([key, choosers(message).filter((it) => !is_given(it))]).toEqual([key, []]);
    }
  });

  test('of every language is a folder of its name, and every such folder is in the list', () => {
    const folders = readdirSync('messages', { withFileTypes: true }).filter((it) =>
      it.isDirectory(),
    );
    expect(folders.map(({ name }) => name).sort()).toEqual([...LOCALES].sort());
  });

  test.each(SUBJECTS)('has every key of %s in that subject alone', async (subject) => {
    const own = await textsOf(subject);
    const others = await Promise.all(SUBJECTS.filter((it) => it !== subject).map(textsOf));
    expect(Object.keys(own).filter((key) => others.some((it) => key in it))).toEqual([]);
    expect(Object.keys(first)).toEqual(expect.arrayContaining(Object.keys(own)));
  });

  test('holds no message that nothing says', () => {
    const sources = ['messages', 'status-page', 'notify', 'channels', 'platform/commands']
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`),
      )
      .filter(
        (path) => path.endsWith('.ts') && !LOCALES.some((it) => path.startsWith(`messages/${it}/`)),
      )
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const unsaid = Object.keys(first).filter((key) => {
      if (sources.includes(`'${key}'`)) return false;
      // Put together from a closed set: `state.${…}`, `confirm.${action}.about`, `link.${…}_title`.
      const [, group, rest = ''] = /^(\w+)\.(.*)$/.exec(key) ?? [];
      const ending = /[._]\w+$/.exec(rest)?.[0] ?? '';
      const family = key.slice(0, key.lastIndexOf('.'));
      const said = [
        sources.includes(`\`${family}.\${`),
        ending !== '' && new RegExp(`\`${group}\\.\\$\\{[^}]*\\}\\${ending}\``).test(sources),
        key.startsWith('page.stale_') && sources.includes('`page.stale_${'),
      ];
      return !said.includes(true);
    });
    expect(unsaid).toEqual([]);
  });
});
