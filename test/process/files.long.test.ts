import { describe, expect, it } from 'vitest';
import en from '../../messages/en/page.ts';
import { CHECKED, MISMATCH_REASONS, type Reason } from '../../model/vocabulary.ts';
import { getText, metric } from './ask.ts';
import { endDrills, startDrill } from './drills.ts';
import { useQuickSite } from './use-installation.ts';
import { eventually } from './wait.ts';

const site = useQuickSite();

const FORMATS = ['pdf', 'ofd', 'xml'] as const;

/** What each drill must be called, format by format. */
const DRILLS: [string, Partial<Record<(typeof FORMATS)[number], Reason>>][] = [
  ['truncated', { pdf: 'truncated', ofd: 'truncated', xml: 'truncated' }],
  ['flipped', { pdf: 'number_mismatch', ofd: 'digest_mismatch', xml: 'sums_mismatch' }],
  ['html', { pdf: 'not_a_file', ofd: 'not_a_file', xml: 'not_a_file' }],
];

describe('file drills', () => {
  it('never call a sound file corrupt, a mismatch or unjudged', async () => {
    const { value: text } = await eventually('every format downloaded', async () => {
      const now = await getText(`${site.now.collector}/metrics`);
      return FORMATS.every((format) => count(now, format, 'sound') > 0) && now;
    });
    for (const format of FORMATS) {
      for (const result of ['corrupt', 'mismatch', 'unjudged']) {
        expect(count(text, format, result), `${format} ${result}`).toBe(0);
      }
    }
  });

  it.each(DRILLS)(
    '%s is told apart by verdict in the metrics and by name on the page',
    async (kind, names) => {
      const before = await getText(`${site.now.collector}/metrics`);
      await startDrill(site.now.simulators, 'beijing', { kind });
      const damaged = FORMATS.flatMap((format) => {
        const reason = names[format];
        return reason === undefined ? [] : [{ format, reason, result: verdictOf(reason) }];
      });
      await eventually(`${kind} in the metrics of every format`, async () => {
        const now = await getText(`${site.now.collector}/metrics`);
        return damaged.every(
          ({ format, result }) => count(now, format, result) >= count(before, format, result) + 2,
        );
      });
      for (const { reason } of damaged)
        await eventually(`${reason} on the page`, async () =>
          (await getText(`${site.now.page}/en/`)).includes(en[`reason.${reason}`]),
        );
      await endDrills(site.now.simulators, 'beijing');
      await eventually('sound again', async () => {
        const status = await getText(`${site.now.page}/api/v2/status.json`);
        return status.includes('"none"');
      });
    },
  );
});

function verdictOf(reason: Reason): 'corrupt' | 'mismatch' {
  return MISMATCH_REASONS.some((it) => it === reason) ? 'mismatch' : 'corrupt';
}

/** Whatever the verdict rests on. */
function count(text: string, format: string, result: string): number {
  return CHECKED.map(
    (checked) => metric(text, 'fapiao_download_integrity_total', { format, result, checked }) ?? 0,
  ).reduce((sum, n) => sum + n, 0);
}
