import { expect, test } from 'vitest';
import type { Incident } from '../../model/incident.ts';
import { DAY, MINUTE } from '../../model/time.ts';
import { journey } from '../model/builders.ts';
import { ask } from './request.ts';
import { anIncident, NOW, seedHistory } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({ prepare: seedHistory });

const LONG_AGO = {
  started_at: NOW - 89 * DAY,
  monitoring_at: NOW - 88 * DAY,
  resolved_at: NOW - 88 * DAY,
  status: 'resolved',
} as const;

/** What the page says of an incident of a sync, of which an invoice waited for a minute. */
async function textOf(id: string, changed: Partial<Incident>): Promise<string> {
  const sync = { components: ['beijing.sync'], functions: ['sync'] } as const;
  const incident = anIncident({
    ...changed,
    id,
    components: [...sync.components],
    functions: [...sync.functions],
  });
  const waited = journey(incident.started_at - MINUTE, { id: id.padEnd(32, '0') });
  await page.site.store.record({ incidents: [incident], journeys: [waited] });
  const { text } = await ask(`${page.url}/en/incidents/${id}`);
  return text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

test('of an incident that lasts, which invoices wait now, not when it ended', async () => {
  const open = { status: 'investigating', monitoring_at: null, resolved_at: null } as const;
  const text = await textOf('waitingnow01', { ...open, started_at: NOW - 10 * MINUTE });
  expect(text).toContain('waited when it began or wait now');
  expect(text).not.toContain('when it ended');
  expect(text).not.toContain('may be missing');
});

test('near the end of retention, that earlier ones may be missing', async () => {
  const text = await textOf('waitinglong1', LONG_AGO);
  expect(text).toContain('waited when it began or when it ended');
  expect(text).toContain('kept for 90 d after they were accepted: those accepted earlier');
});
