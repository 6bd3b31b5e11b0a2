import { expect, test } from 'vitest';
import { qrCode } from '../../status-page/kit/qr-code.ts';

const QUIET_ZONE = 4;
/** A finder pattern of ISO/IEC 18004, 7 × 7 modules. */
const FINDER = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];

test('draws the modules of the code where they belong, with a quiet zone around it', () => {
  const { size, path } = qrCode('https://status.example.invalid/zh-CN/maintenances/mnt000000001');
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
  expect(path.replace(/M\d+ \d+h1v1h-1z/g, '')).toBe('');
  const width = size - 2 * QUIET_ZONE;
  const finderAt = (x: number, y: number) =>
    FINDER.map((row, dy) =>
      [...row].map((_, dx) => Number(dark.has(`${x + dx} ${y + dy}`))).join(''),
    );
  const far = QUIET_ZONE + width - 7;
  expect(finderAt(QUIET_ZONE, QUIET_ZONE)).toEqual(FINDER);
  expect(finderAt(far, QUIET_ZONE)).toEqual(FINDER);
  expect(finderAt(QUIET_ZONE, far)).toEqual(FINDER);
  expect(finderAt(far, far)).not.toEqual(FINDER);
  // The one module that is always dark and has no mirror image: column 8, row 4 × version + 9.
  const version = (width - 17) / 4;
  const row = 4 * version + 9;
  expect(dark.has(`${QUIET_ZONE + 8} ${QUIET_ZONE + row}`)).toBe(true);
  const edge = [...dark].flatMap((it) => it.split(' ').map(Number));
  expect([Math.min(...edge), Math.max(...edge)]).toEqual([QUIET_ZONE, size - QUIET_ZONE - 1]);
});

test('takes the longest address of a page', () => {
  const { size } = qrCode(`https://${'a'.repeat(250)}.example/zh-CN/maintenances/mnt000000001`);
  expect(size).toBeLessThanOrEqual(177 + 2 * QUIET_ZONE);
});
