import { beforeEach, describe, expect, test } from 'vitest';
import { percent } from '../../model/figures.ts';
import type { ComponentOverview, StatusOverview } from '../../model/overview.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import {
  createOverviewBuilder,
  type OverviewBuilder,
} from '../../status-page/overview/overview.ts';
import {
  aStatus,
  aSyncStatus,
  aTransition,
  breakDownload,
  INVOICES_A_DAY,
  NOW,
  openSite,
  RUNS_A_DAY,
  type Site,
  seedHistory,
  siteConfiguration,
} from './site.ts';

let site: Site;
let build: OverviewBuilder;

beforeEach(async () => {
  site = await openSite();
  build = createOverviewBuilder(site);
  return () => site.close();
});

function componentOf(overview: StatusOverview, id: string): ComponentOverview {
  const found = overview.systems.flatMap((it) => it.components).find((it) => it.id === id);
  if (!found) throw new Error(`There is no ${id}`);
  return found;
}

describe('an overview of a site just installed', () => {
  test('shows every configured function as never measured', async () => {
    const overview = await build(NOW);
    const all = overview.systems.flatMap((it) => it.components);
    expect(all.map((it) => it.id)).toEqual([
      'pinduoduo.upload',
      'beijing.query',
      'beijing.sync',
      'beijing.download',
    ]);
    for (const component of all) {
      expect(component).toMatchObject({
        state: 'unknown',
        since: null,
        notes: [{ code: 'never_measured' }],
        measured_at: null,
      });
      expect(component.history.days).toHaveLength(90);
      expect(component.history.days.every((day) => day.state === null && day.n === 0)).toBe(true);
    }
    expect(overview.headline).toMatchObject({
      verdict: { code: 'nothing_measured' },
      indicator: 'minor',
      measured_at: null,
      valid_until: null,
      recent: null,
    });
  });

  test('leaves neutral hosts out', async () => {
    const configuration = siteConfiguration();
    const [first] = configuration.systems;
    if (first) first.neutral = true;
    const overview = await createOverviewBuilder({ reader: site.reader, configuration })(NOW);
    expect(overview.systems.map((it) => it.id)).toEqual(['beijing']);
  });
});

describe('an overview of a site with history', () => {
  beforeEach(() => seedHistory(site));

  test('sums up states, tasks and recent measurements', async () => {
    const { headline } = await build(NOW);
    expect(headline).toMatchObject({
      verdict: { code: 'all_operational' },
      indicator: 'none',
      measured_at: NOW - 6 * SECOND,
      valid_until: NOW + 30 * SECOND,
      recent: { window_ms: HOUR, n: 720, told: 0, is_current: true },
    });
    expect(headline.tasks.map((it) => [it.id, it.state])).toEqual([
      ['upload', 'operational'],
      ['query', 'operational'],
      ['sync', 'operational'],
      ['download', 'operational'],
    ]);
  });

  test('counts days, down time and measurements from transitions and roll-ups', async () => {
    const { history } = componentOf(await build(NOW), 'beijing.download');
    expect(history.n).toBe(60 * 3 * RUNS_A_DAY);
    expect(history.availability.down_ms).toBe(2 * 60 * MINUTE);
    expect(percent(history.availability)).toBe('99.86');
    const bad = history.days.filter((it) => it.state === 'major_outage');
    expect(bad.map((it) => it.day)).toEqual(['2026-11-02']);
    expect(bad[0]).toMatchObject({ n: 3 * RUNS_A_DAY, availability: { down_ms: 120 * MINUTE } });
    expect(history.days.filter((it) => it.state === null)).toHaveLength(29);
  });

  test('judges sync by the invoices that came in time', async () => {
    const { history } = componentOf(await build(NOW), 'beijing.sync');
    expect(history.promise).toEqual({
      within_ms: DAY,
      arrived: 60 * (INVOICES_A_DAY - 8),
      due: 60 * INVOICES_A_DAY,
    });
    expect(componentOf(await build(NOW), 'beijing.query').history.promise).toBeNull();
  });

  test('keeps to itself what a sync is judged by next', async () => {
    const none = { phase: null, stall: null, slow_since: null, watched_since: NOW - DAY };
    await site.store.record({ components: [aSyncStatus('operational', { course: none })] });
    const shown = componentOf(await build(NOW), 'beijing.sync');
    expect(shown.sync).not.toBeNull();
    expect(shown).not.toHaveProperty('course');
  });

  test('names checks by what tells them apart', async () => {
    const overview = await build(NOW);
    expect(componentOf(overview, 'beijing.download').names.checks).toEqual({
      'beijing-download-pdf': 'PDF',
      'beijing-download-ofd': 'OFD',
      'beijing-download-xml': 'XML',
    });
    expect(componentOf(overview, 'beijing.query').names.checks).toEqual({});
  });

  test('follows a public change at once', async () => {
    await build(NOW);
    await breakDownload(site);
    const overview = await build(NOW);
    expect(overview.headline.verdict).toEqual({ code: 'affected', state: 'major_outage' });
    expect(overview.headline.indicator).toBe('critical');
    expect(overview.open_incidents.map((it) => it.id)).toEqual(['abc123def456']);
    expect(overview.recent_incidents.map((it) => it.id)).toEqual(['old000000001']);
    const { days } = componentOf(overview, 'beijing.download').history;
    expect(days.at(-1)).toMatchObject({ day: '2026-11-21', state: 'major_outage' });
  });

  test('follows a mere measurement without reading the past again', async () => {
    const before = componentOf(await build(NOW), 'beijing.query');
    await site.store.record({
      components: [aStatus('beijing.query', 'operational', { measured_at: NOW + 9 * SECOND })],
    });
    const after = componentOf(await build(NOW + 10 * SECOND), 'beijing.query');
    expect(after.measured_at).toBe(NOW + 9 * SECOND);
    expect(after.history).toBe(before.history);
  });

  test('turns unknown when what it knows expires, each component in its time', async () => {
    await site.store.record({
      components: [aStatus('beijing.query', 'operational', { valid_until: NOW + 20 * SECOND })],
    });
    expect((await build(NOW)).headline.valid_until).toBe(NOW + 20 * SECOND);

    const later = await build(NOW + 20 * SECOND);
    expect(componentOf(later, 'beijing.query')).toMatchObject({
      state: 'unknown',
      since: NOW + 20 * SECOND,
      notes: [{ code: 'expired', last_slot_at: NOW - 6 * SECOND }],
    });
    // W8: what was measured stays so, but it is not of the last hour any more.
    expect(later.headline.recent).toEqual({ window_ms: HOUR, n: 720, told: 0, is_current: false });
    expect(later.headline.verdict).toEqual({
      code: 'partly_unknown',
      state: 'unknown',
    });
    expect(later.headline.valid_until).toBe(NOW + 30 * SECOND);

    const last = await build(NOW + DAY);
    expect(last.headline).toMatchObject({ verdict: { state: 'unknown' }, valid_until: null });
    expect(componentOf(last, 'beijing.query').history.days.at(-1)).toMatchObject({ state: null });
  });

  test('does not count time after the expiry as measured', async () => {
    const known = componentOf(await build(NOW), 'beijing.query').history.availability;
    const later = componentOf(await build(NOW + 10 * MINUTE), 'beijing.query').history.availability;
    expect(later.valid_ms - known.valid_ms).toBeLessThanOrEqual(30 * SECOND);
  });

  test('follows what is written back-dated together with a gap', async () => {
    await build(NOW);
    const from = NOW - 40 * DAY;
    await site.store.record({
      transitions: [
        { ...aTransition('beijing.query', 'operational', 'unknown', from), cause: 'gap' },
        aTransition('beijing.query', 'unknown', 'operational', from + 3 * DAY),
      ],
      gaps: [{ from, to: from + 3 * DAY, cause: 'restart' }],
      changes: [{ kind: 'state', ref: 'beijing.query', at: NOW }],
    });
    const { days } = componentOf(await build(NOW), 'beijing.query').history;
    const grey = days.slice(-60).filter((it) => it.state === null);
    expect(grey.map((it) => it.day)).toEqual(['2026-10-13', '2026-10-14']);
  });

  test('puts a disturbed sync into the verdict', async () => {
    await site.store.record({
      components: [aSyncStatus('partial_outage', { notes: [{ code: 'slow', checks: [] }] })],
      transitions: [aTransition('beijing.sync', 'operational', 'partial_outage', NOW - MINUTE)],
      changes: [{ kind: 'state', ref: 'beijing.sync', at: NOW }],
    });
    const overview = await build(NOW);
    expect(overview.headline.verdict).toEqual({ code: 'affected', state: 'partial_outage' });
    const task = overview.headline.tasks.find(({ id }) => id === 'sync');
    expect(task).toMatchObject({ state: 'partial_outage', ailment: 'partial_outage' });
  });

  test('a task is as bad as what its functions depend on, which it names', async () => {
    await site.store.record({
      components: [aStatus('beijing.query', 'major_outage')],
      transitions: [aTransition('beijing.query', 'operational', 'major_outage', NOW - MINUTE)],
      changes: [{ kind: 'state', ref: 'beijing.query', at: NOW }],
    });
    const taskOf = async (depends_on: Record<string, string[]>) => {
      const configuration = { ...siteConfiguration(), depends_on };
      const overview = await createOverviewBuilder({ ...site, configuration })(NOW);
      return overview.headline.tasks.find(({ id }) => id === 'download');
    };
    expect(await taskOf({})).toMatchObject({ state: 'operational', because: null });
    expect(await taskOf({ 'beijing.download': ['beijing.query'] })).toMatchObject({
      state: 'major_outage',
      ailment: 'outage',
      because: { function: 'query' },
    });
  });

  test('what waits for another names what its own result says, whatever that is now', async () => {
    const neededAfter = async (waits_for?: string) => {
      const note = {
        code: 'not_judged' as const,
        outcome: 'prerequisite' as const,
        reason: 'waits_for_query' as const,
        ended_at: NOW,
        ...(waits_for && { waits_for }),
      };
      await site.store.record({
        components: [
          { ...aStatus('beijing.download', 'unknown'), notes: [note] },
          aStatus('beijing.query', 'operational'),
        ],
        changes: [{ kind: 'state', ref: 'beijing.download', at: NOW }],
      });
      const configuration = siteConfiguration();
      const overview = await createOverviewBuilder({ ...site, configuration })(NOW);
      return componentOf(overview, 'beijing.download').names.needed;
    };
    const { name } = siteConfiguration().systems.find(({ id }) => id === 'beijing') ?? {};
    expect(name).toBeDefined();
    expect(await neededAfter('beijing.query')).toEqual({ 'beijing.query': name });
    expect(await neededAfter()).toBeUndefined();
  });
});
