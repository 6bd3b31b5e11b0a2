import { expect, test } from 'vitest';
import type { IncidentView } from '../../model/overview.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { loadEvidence } from '../../status-page/public/evidence.ts';
import { ask } from './request.ts';
import { anIncident, anUpdate, aResult, aTransition, NOW, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

const BEGIN = NOW - 3 * HOUR;
const DOWNLOAD = 'beijing.download';
const page = usePage();

/** What the page of an incident says of the evidence of 20 minutes in which it was slow. */
async function textOfSlow(results: ReturnType<typeof aResult>[]): Promise<string> {
  const over = { monitoring_at: BEGIN + 20 * MINUTE, resolved_at: BEGIN + 30 * MINUTE };
  const its = {
    components: [DOWNLOAD],
    functions: ['download' as const],
    impact: 'minor' as const,
  };
  await page.site.store.record({
    results,
    transitions: [
      aTransition(DOWNLOAD, 'unknown', 'operational', BEGIN - HOUR),
      aTransition(DOWNLOAD, 'operational', 'degraded_performance', BEGIN),
      aTransition(DOWNLOAD, 'degraded_performance', 'operational', BEGIN + 20 * MINUTE),
    ],
    incidents: [anIncident({ started_at: BEGIN, status: 'resolved', ...over, ...its })],
    updates: [anUpdate({ status: 'resolved', code: 'resolved' })],
    changes: [{ kind: 'incident', ref: 'abc123def456', at: NOW }],
  });
  const { text } = await ask(`${page.url}/zh-CN/incidents/abc123def456`);
  return text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, '');
}

test('of what was only slow: no measurement failed', async () => {
  const slow = aResult('beijing-download-pdf', BEGIN + MINUTE, {
    ...{ outcome: 'ok', reason: null, detail: null, duration_ms: 9_000 },
  });
  const text = await textOfSlow([slow]);
  expect(text).toContain('这段时间没有失败的测量。');
  expect(text).not.toContain('明细只保存');
});

test('how long failures are kept, once some may be gone', async () => {
  const configuration = siteConfiguration();
  const { evidence_ms } = configuration.retention;
  const incident = {
    ...{ components: [DOWNLOAD], started_at: BEGIN, bad_time: null },
    ...{ monitoring_at: BEGIN + 20 * MINUTE, resolved_at: null },
  } as unknown as IncidentView;
  const keptAt = async (now: number) =>
    (await loadEvidence(incident, { reader: page.site.reader, configuration, now })).kept_ms;
  // What failed a minute before belongs to it.
  expect(await keptAt(BEGIN - MINUTE + evidence_ms)).toBeNull();
  expect(await keptAt(BEGIN - MINUTE + evidence_ms + SECOND)).toBe(evidence_ms);
});
