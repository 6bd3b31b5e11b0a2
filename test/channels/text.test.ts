import { expect, test } from 'vitest';
import { CHANNELS } from '../../channels/index.ts';
import { channelHint, channelText } from '../../channels/text.ts';
import { COMPLETE_LOCALES } from '../../model/vocabulary.ts';

test('a channel says its own words in the language of the page', () => {
  expect(channelText('email', 'en')('label')).toBe('E-mail address');
  expect(channelText('email', 'zh-CN')('label')).toBe('邮箱地址');
  expect(channelText('email', 'ja')('label')).toBe('メールアドレス');
});

test.each(COMPLETE_LOCALES)('every channel has all of its words in %s', (locale) => {
  for (const { words } of Object.values(CHANNELS)) {
    const keys = Object.keys(words['zh-CN'] ?? {}).sort();
    expect(Object.keys(words[locale] ?? {}).sort()).toEqual(keys);
  }
});

test('the id stands for the words of a channel that is no longer there', () => {
  expect(channelText('pigeon', 'en')('name')).toBe('pigeon');
});

test('only a channel with a hint among its words has one', () => {
  expect(channelHint('webhook', 'en')).toBe(channelText('webhook', 'en')('hint'));
  expect(channelHint('email', 'en')).toBeNull();
  expect(channelHint('pigeon', 'en')).toBeNull();
});
