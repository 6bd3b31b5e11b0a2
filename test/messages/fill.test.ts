import { describe, expect, test } from 'vitest';
import { createFill } from '../../messages/fill.ts';

describe('fill', () => {
  const fill = createFill('en');

  test('puts parameters in and chooses the form for the number', () => {
    expect(fill('{n} {n|item|items} of {all}', { n: '1', all: '9' })).toBe('1 item of 9');
    expect(fill('{n} {n|item|items} of {all}', { n: '1,234', all: '9' })).toBe('1,234 items of 9');
    expect(fill('{n} {n|item|items}', { n: 1_234 })).toBe('1,234 items');
  });

  test('tells apart as many forms as the language', () => {
    const russian = createFill('ru');
    const texts = [1, 3, 5].map((n) => russian('{n} {n|счёт|счёта|счетов}', { n }));
    expect(texts).toEqual(['1 счёт', '3 счёта', '5 счетов']);
  });

  test('does not look for placeholders in what it puts in', () => {
    expect(fill('{a}', { a: '{b}' })).toBe('{b}');
  });

  test('refuses to leave a hole', () => {
    expect(() => fill('{a} and {b}', { a: '1' })).toThrow('needs the parameter b');
  });
});
