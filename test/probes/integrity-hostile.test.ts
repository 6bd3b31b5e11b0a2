import { expect, it } from 'vitest';
import { cpuMsOf } from '../cpu-time.ts';
import { hostileFiles } from './hostile-files.ts';
import { inspection } from './inspection.ts';

/**
 * Of the processor, which a busy machine does not stretch; about a tenth of it is what the worst
 * takes.
 */
const MOST_CPU_MS = 1_000;

it('no file keeps the measuring thread busy', () => {
  const too_long: string[] = [];
  let n = 0;
  for (const { name, format, bytes } of hostileFiles()) {
    let found = '';
    const cpu_ms = cpuMsOf(() => {
      found = inspection({ format, bytes, content_length: null, expected: null }).found;
    });
    if (cpu_ms > MOST_CPU_MS) too_long.push(`${format} ${name}: ${found} after ${cpu_ms} ms`);
    n += 1;
  }
  expect(too_long).toEqual([]);
  expect(n).toBeGreaterThan(40);
});
