import { expect, it } from 'vitest';
import { FILES, read } from '../tidy/repository.ts';
import { drawnFaults, PLANTED_IN } from './draw.ts';
import { staleEntries } from './equivalent.ts';
import { planted } from './fault.ts';
import { KNOWN_FAULTS } from './known.ts';
import { faultsOf } from './operators.ts';
import { relatedTests } from './related.ts';

it('the same seed draws the same faults, as many from each room', () => {
  const faults = drawnFaults(10, 3);
  expect(drawnFaults(10, 3)).toEqual(faults);
  for (const room of PLANTED_IN)
    expect(faults.filter(({ path }) => room.test(path))).toHaveLength(2);
});

it('each fault that was not seen once still has its place', () => {
  for (const fault of KNOWN_FAULTS) expect(planted(read(fault.path), fault)).not.toBe('');
});

it('what is excused as equivalent is still there', () => {
  const paths = FILES.filter((path) => PLANTED_IN.some((room) => room.test(path)));
  expect(staleEntries(paths.flatMap((path) => faultsOf(path, read(path))))).toEqual([]);
});

it('tests that exist are related to every room', () => {
  const paths = [...KNOWN_FAULTS, ...drawnFaults(10, 3)].map(({ path }) => path);
  for (const test of paths.flatMap((path) => relatedTests(path).flat()))
    expect(
      FILES.some((path) => path.startsWith(test)),
      test,
    ).toBe(true);
});
