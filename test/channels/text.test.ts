import { expect, test } from 'vitest';
import { channelText } from '../../channels/text.ts';

test('a channel says its own words in the language of the page', () => {
  expect(channelText('email', 'en')('label')).toBe('E-mail address');
  expect(channelText('email', 'zh-CN')('label')).toBe('邮箱地址');
});

test('the id stands for the words of a channel that is no longer there', () => {
  expect(channelText('pigeon', 'en')('name')).toBe('pigeon');
});
