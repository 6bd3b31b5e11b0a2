import { expect, test } from 'vitest';
import { channelHint, channelText } from '../../channels/text.ts';

test('a channel says its own words in the language of the page', () => {
  expect(channelText('email', 'en')('label')).toBe('E-mail address');
  expect(channelText('email', 'zh-CN')('label')).toBe('邮箱地址');
});

test('the id stands for the words of a channel that is no longer there', () => {
  expect(channelText('pigeon', 'en')('name')).toBe('pigeon');
});

test('only a channel with a hint among its words has one', () => {
  expect(channelHint('webhook', 'en')).toBe(channelText('webhook', 'en')('hint'));
  expect(channelHint('email', 'en')).toBeNull();
  expect(channelHint('pigeon', 'en')).toBeNull();
});
