import { describe, expect, it } from 'vitest';
import en from '../../messages/en/page.ts';
import { getText, metric } from './ask.ts';
import { endDrills, startDrill } from './drills.ts';
import { useQuickSite } from './use-installation.ts';
import { eventually } from './wait.ts';

const site = useQuickSite();

const FORMATS = ['pdf', 'ofd', 'xml'] as const;
const BAD = [
  'truncated',
  'not_a_file',
  'structure',
  'crc_mismatch',
  'digest_mismatch',
  'sums_mismatch',
];

/** What each drill must be called, format by format. */
const DRILLS = [
  ['truncated', { pdf: 'truncated', ofd: 'truncated', xml: 'truncated' }],
  ['flipped', { pdf: 'structure', ofd: 'digest_mismatch', xml: 'sums_mismatch' }],
  ['html', { pdf: 'not_a_file', ofd: 'not_a_file', xml: 'not_a_file' }],
] as const;

describe('file drills', () => {
  it('never call a sound file corrupt', async () => {
    const { value: text } = await eventually('every format downloaded', async () => {
      const now = await getText(`${site.now.collector}/metrics`);
      return FORMATS.every((format) => count(now, format, 'sound') > 0) && now;
    });
    for (const format of FORMATS) {
      for (const result of BAD) expect(count(text, format, result)).toBe(0);
    }
  });

  it.each(DRILLS)(
    '%s is told apart by name in the metrics and on the page',
    async (kind, names) => {
      const before = await getText(`${site.now.collector}/metrics`);
      await startDrill(site.now.simulators, 'beijing', { kind });
      await eventually(`${kind} in the metrics of every format`, async () => {
        const now = await getText(`${site.now.collector}/metrics`);
        return FORMATS.every(
          (format) => count(now, format, names[format]) >= count(before, format, names[format]) + 2,
        );
      });
      for (const format of FORMATS)
        await eventually(`${names[format]} on the page`, async () =>
          (await getText(`${site.now.page}/en/`)).includes(en[`reason.${names[format]}`]),
        );
      await endDrills(site.now.simulators, 'beijing');
      await eventually('sound again', async () => {
        const status = await getText(`${site.now.page}/api/v2/status.json`);
        return status.includes('"none"');
      });
    },
    150_000,
  );
});

function count(text: string, format: string, result: string): number {
  return metric(text, 'fapiao_download_integrity_total', { format, result }) ?? 0;
}
