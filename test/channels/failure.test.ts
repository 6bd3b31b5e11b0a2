import { expect, test } from 'vitest';
import { failureCode } from '../../channels/kit/failure.ts';

test.each([
  [Object.assign(new Error('getaddrinfo ENOTFOUND a.example'), { code: 'ENOTFOUND' }), 'ENOTFOUND'],
  [Object.assign(new Error('to a.example'), { code: 'see a.example' }), 'Error'],
  [new TypeError('Invalid URL: https://a.example'), 'TypeError'],
  [Object.assign(new Error('no'), { name: 'https://a.example' }), 'Error'],
  [AbortSignal.abort().reason, 'no answer in time'],
  [new DOMException('a.example is slow', 'TimeoutError'), 'no answer in time'],
  ['a.example', 'Error'],
  [null, 'Error'],
])('D9: %s is told as %s', (error, code) => {
  expect(failureCode(error)).toBe(code);
});
