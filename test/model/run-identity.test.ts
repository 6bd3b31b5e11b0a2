import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromChinaTime, toChinaTime } from '../../model/china-time.ts';
import { specimenNumber, traceId, traceParent } from '../../model/run-identity.ts';
import { userAgent } from '../../probes/exchange/user-agent.ts';

const RUN = { installation: 'here', check: 'upload', slot_at: Date.parse('2026-03-02T02:00:00Z') };
const SHA = createHash('sha256').update(`here|upload|${RUN.slot_at}`).digest();

describe('a run', () => {
  test('has the trace id that its identity says, and a traceparent as W3C wants it', () => {
    expect(traceId(RUN)).toBe(SHA.subarray(0, 16).toString('hex'));
    expect(traceParent(RUN)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traceParent(RUN)).toContain(traceId(RUN));
  });

  test('uploads a number of its year in region 00, another one for every run', () => {
    const numbers = Array.from({ length: 2_000 }, (_, i) =>
      specimenNumber({ ...RUN, slot_at: RUN.slot_at + i * 1_000 }),
    );
    for (const number of numbers) expect(number).toMatch(/^2600\d{16}$/);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(specimenNumber({ ...RUN, check: 'other' })).not.toBe(specimenNumber(RUN));
    expect(specimenNumber({ ...RUN, installation: 'there' })).not.toBe(specimenNumber(RUN));
  });
});

test.for([
  ['2026-12-31T15:59:59Z', '20261231235959'],
  ['2026-12-31T16:00:00Z', '20270101000000'],
  ['2024-02-29T00:00:00+08:00', '20240229000000'],
])('%s is %s in China, and back', ([instant = '', stamp = '']) => {
  expect(toChinaTime(Date.parse(instant))).toBe(stamp);
  expect(fromChinaTime(stamp)).toBe(Date.parse(instant));
});

test('the year of a number is the year in China', () => {
  const eve = { ...RUN, slot_at: Date.parse('2026-12-31T16:00:00Z') };
  expect(specimenNumber(eve)).toMatch(/^2700/);
});

test('the User-Agent is printable whatever the contact is', () => {
  expect(userAgent('mailto:a@example.invalid')).toMatch(
    /^Piaokuang\/\d+\.\d+\.\d+ \(\+mailto:a@example\.invalid\)$/,
  );
  expect(userAgent('值班\r\nX-Evil: 1')).toMatch(/^[\x20-\x7e]+$/);
});
