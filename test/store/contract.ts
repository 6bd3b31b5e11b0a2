import { beforeEach, describe, expect, test } from 'vitest';
import type { ComponentStatus, Transition } from '../../model/component.ts';
import type { Incident, IncidentUpdate } from '../../model/incident.ts';
import type { Journey, Look } from '../../model/journey.ts';
import type { CheckJudgement } from '../../model/judge/check.ts';
import type { Notice } from '../../model/notice.ts';
import type { Result } from '../../model/result.ts';
import type { Rollup } from '../../model/rollup.ts';
import { MINUTE } from '../../model/time.ts';
import { INTEGRITY_VERDICTS, OUTCOMES, REASONS } from '../../model/vocabulary.ts';
import type { RegisteredCheck } from '../../store/ports/checks.ts';
import type { RecipientKey } from '../../store/ports/fan-out.ts';
import type { Store, StoreReader } from '../../store/store.ts';

/** A fresh, empty database of the engine under test. */
export interface OpenDatabase {
  store: Store;
  /** Another reader of the same database, as another process would have. */
  openReader: () => Promise<StoreReader>;
  /** Closes what was opened and removes the database. */
  remove: () => Promise<void>;
}

const T0 = 1_780_000_000_000;
const NUMBER = '26000000000000000001';

const UPLOAD: RegisteredCheck = {
  check: 'pinduoduo-upload',
  component: 'pinduoduo.upload',
  system: 'pinduoduo',
  function: 'upload',
  line: 'telecom',
};
const QUERY: RegisteredCheck = {
  check: 'beijing-query',
  component: 'beijing.query',
  system: 'beijing',
  function: 'query',
  line: 'telecom',
};
const SYNC: RegisteredCheck = {
  check: 'beijing-sync',
  component: 'beijing.sync',
  system: 'beijing',
  function: 'sync',
  line: 'telecom',
};

/** What every engine behind the store must do. */
export function storeContract(name: string, open: () => Promise<OpenDatabase>): void {
  describe(`store on ${name}`, () => {
    let database: OpenDatabase;
    let store: Store;

    beforeEach(async () => {
      database = await open();
      store = database.store;
      await store.register([UPLOAD, QUERY, SYNC]);
      return database.remove;
    });

    describe('installation', () => {
      test('has an id made on first use and kept', async () => {
        const id = await store.installation();
        expect(id).toMatch(/^[0-9a-f]{32}$/);
        expect(await store.installation()).toBe(id);
      });

      test('keeps its id through heartbeats, whichever comes first', async () => {
        await store.record({ heartbeat_at: T0 });
        const id = await store.installation();
        await store.record({ heartbeat_at: T0 + 5_000 });
        expect(await store.installation()).toBe(id);
        expect((await store.resume()).heartbeat_at).toBe(T0 + 5_000);
      });
    });

    describe("administrator's token", () => {
      test('is told once and known from then on, by nothing but itself', async () => {
        expect(await store.isAdminToken('')).toBe(false);
        expect(await store.adminTokenId()).toBeNull();
        const token = await store.ensureAdminToken();
        expect(token).toMatch(/^piaokuang_admin_[\w-]{43}$/);
        expect(await store.ensureAdminToken()).toBeNull();
        expect(await store.isAdminToken(token ?? '')).toBe(true);
        for (const guess of ['', 'piaokuang_admin_', `${token}x`, token?.slice(0, -1) ?? '']) {
          expect([guess, await store.isAdminToken(guess)]).toEqual([guess, false]);
        }
      });

      test('gives way to a new one, and so does what sessions refer to', async () => {
        const first = await store.ensureAdminToken();
        const first_id = await store.adminTokenId();
        const second = await store.renewAdminToken();
        expect(await store.isAdminToken(first ?? '')).toBe(false);
        expect(await store.isAdminToken(second)).toBe(true);
        expect(await store.adminTokenId()).not.toBe(first_id);
        expect(await store.ensureAdminToken()).toBeNull();
      });
    });

    describe('results', () => {
      test('come back as they were written, in whole milliseconds', async () => {
        const result = aResult({
          started_at: T0 + 3.4,
          duration_ms: 120.6,
          confirming: true,
          simulated: true,
          phases: { resolve: 0.4, connect: 12.2, tls: 30, processing: 70.5, transfer: 8 },
          certificate_expires_at: T0 + 86_400_999,
          integrity: { format: 'ofd', verdict: 'sound', where: null },
        });
        await store.record({ results: [result] });
        expect(await store.results({ from: T0, to: T0 + 1, limit: 10 })).toEqual([
          {
            ...result,
            started_at: T0 + 3,
            duration_ms: 121,
            phases: { resolve: 0, connect: 12, tls: 30, processing: 71, transfer: 8 },
            certificate_expires_at: Math.floor((T0 + 86_400_999) / 1_000) * 1_000,
          },
        ]);
      });

      test('keep every outcome, reason and verdict', async () => {
        const words = [
          ...OUTCOMES.map((outcome) => ({ outcome })),
          ...REASONS.map((reason) => ({ outcome: 'system' as const, reason })),
          ...INTEGRITY_VERDICTS.flatMap((verdict) =>
            (['pdf', 'ofd', 'xml'] as const).map((format) => ({
              outcome: 'corrupt' as const,
              integrity: { format, verdict, where: 'Doc_0/Pages/Page_0/Content.xml' },
            })),
          ),
        ];
        const results = words.map((word, n) => aResult({ slot_at: T0 + n, ...word }));
        await store.record({ results });
        expect(await store.results({ from: T0, to: T0 + MINUTE, limit: 100 })).toEqual(results);
      });

      test('never keep the accepted invoice', async () => {
        const accepted = { number: NUMBER, issued: '20260601120000', accepted_at: T0 };
        await store.record({ results: [aResult({ accepted })] });
        const [result] = await store.results({ from: T0, to: T0 + 1, limit: 1 });
        expect(result?.accepted).toBeNull();
      });

      test('stay as they were when written again', async () => {
        await store.record({ results: [aBadResult({ detail: 'HTTP 503' })] });
        await store.record({
          results: [aBadResult({ detail: 'HTTP 500' }), aResult({ slot_at: T0 + 1 })],
        });
        const results = await store.results({ from: T0, to: T0 + MINUTE, limit: 10 });
        expect(results.map(({ detail }) => detail)).toEqual(['HTTP 503', null]);
      });

      test('are found by component, by check, by time, oldest first, up to the limit', async () => {
        const late = aResult({ check: QUERY.check, slot_at: T0 + 2 });
        const early = aResult({ check: QUERY.check, slot_at: T0 });
        const other = aResult({ check: UPLOAD.check, slot_at: T0 + 1 });
        await store.record({ results: [late, early, other] });
        const all = { from: T0, to: T0 + MINUTE, limit: 10 };
        expect(await slots({ ...all })).toEqual([T0, T0 + 1, T0 + 2]);
        expect(await slots({ ...all, component: QUERY.component })).toEqual([T0, T0 + 2]);
        expect(await slots({ ...all, check: UPLOAD.check })).toEqual([T0 + 1]);
        expect(await slots({ ...all, component: 'nobody.knows' })).toEqual([]);
        expect(await slots({ ...all, check: 'nobody-knows' })).toEqual([]);
        expect(await slots({ ...all, from: T0 + 1 })).toEqual([T0 + 1, T0 + 2]);
        expect(await slots({ ...all, to: T0 + 2 })).toEqual([T0, T0 + 1]);
        expect(await slots({ ...all, limit: 2 })).toEqual([T0, T0 + 1]);
      });

      test('that were not ok outlive the others as evidence', async () => {
        const bad = aBadResult({ slot_at: T0 + 1, detail: 'HTTP 503' });
        await store.record({ results: [aResult({}), bad] });
        expect(await store.prune('results', T0 + MINUTE, 10)).toBe(2);
        const all = { from: T0, to: T0 + MINUTE, limit: 10 };
        expect(await store.results(all)).toEqual([]);
        expect(await store.results({ ...all, bad: true })).toEqual([bad]);
      });

      async function slots(query: Parameters<Store['results']>[0]): Promise<number[]> {
        return (await store.results(query)).map((result) => result.slot_at);
      }
    });

    describe('a recording', () => {
      test('is written whole or not at all', async () => {
        const unregistered = aResult({ check: 'nobody-knows' });
        const recording = {
          components: [aComponent({})],
          transitions: [aTransition({})],
          changes: [{ kind: 'state' as const, ref: QUERY.component, at: T0 }],
        };
        await expect(
          store.record({ ...recording, judgements: [aJudgement({ check: 'nobody-knows' })] }),
        ).rejects.toThrow('check nobody-knows is not registered');
        await expect(
          store.record({ ...recording, results: [aResult({}), unregistered] }),
        ).rejects.toThrow('check nobody-knows is not registered');
        await expect(
          store.record({ ...recording, updates: [anUpdate({ incident: 'not-there' })] }),
        ).rejects.toThrow();
        expect(await store.components()).toEqual([]);
        expect(await store.transitions(0, T0 * 2)).toEqual([]);
        expect(await store.changeSeq()).toBe(0);
        expect(await store.results({ from: 0, to: T0 * 2, limit: 10 })).toEqual([]);
      });

      test('of many thousand rows is one recording', async () => {
        const results = Array.from({ length: 5_000 }, (_, n) => aResult({ slot_at: T0 + n }));
        await store.record({ results });
        const found = await store.results({ from: T0, to: T0 + MINUTE, limit: 10_000 });
        expect(found).toHaveLength(5_000);
      });

      test('may be one of several at the same time', async () => {
        await Promise.all(
          Array.from({ length: 50 }, (_, n) =>
            store.record({ results: [aResult({ slot_at: T0 + n })], judgements: [aJudgement({})] }),
          ),
        );
        expect(await store.results({ from: T0, to: T0 + MINUTE, limit: 100 })).toHaveLength(50);
      });

      test('is seen by another reader, whose data version moves', async () => {
        const reader = await database.openReader();
        const before = await reader.dataVersion();
        expect(await reader.dataVersion()).toBe(before);
        await store.record({ components: [aComponent({})] });
        expect(await reader.dataVersion()).not.toBe(before);
        expect(await reader.components()).toEqual([aComponent({})]);
        await reader.close();
      });
    });

    describe('resuming', () => {
      test('gives nothing on an empty database', async () => {
        expect(await store.resume()).toEqual({
          judgements: [],
          components: [],
          incidents: [],
          alerts: [],
          waiting: [],
          heartbeat_at: null,
        });
      });

      test('gives the last of everything', async () => {
        const component = aComponent({ state: 'major_outage', since: T0 + 2 });
        const incident = anIncident({});
        const update = anUpdate({});
        const waiting = aJourney({});
        await store.record({
          judgements: [aJudgement({ bad_run: 1 })],
          transitions: [
            aTransition({ from: 'unknown', to: 'operational', since: T0 }),
            aTransition({ from: 'operational', to: 'major_outage', since: T0 + 2 }),
          ],
          components: [component],
          incidents: [incident, anIncident({ id: 'resolved00000', status: 'resolved' })],
          updates: [update],
          journeys: [waiting, aJourney({ id: 'b'.repeat(32), state: 'arrived' })],
        });
        await store.record({ judgements: [aJudgement({ bad_run: 2 })] });
        expect(await store.resume()).toEqual({
          judgements: [aJudgement({ bad_run: 2 })],
          components: [component],
          incidents: [{ ...incident, updates: [update] }],
          alerts: [],
          waiting: [waiting],
          heartbeat_at: null,
        });
      });
    });

    describe('components and transitions', () => {
      test('a component is replaced, with all that is known of it', async () => {
        await store.record({ components: [aComponent({})] });
        const full = aComponent({
          state: 'partial_outage',
          since: T0 + 1,
          notes: [{ code: 'stalled', waiting: 6, oldest_accepted_at: T0 }],
          measured_at: T0 + 2,
          valid_until: T0 + 3,
          recent: { window_ms: MINUTE, n: 10, bad: 3, median_ms: 120.5, p95_ms: null },
          sync: {
            watermark_at: T0,
            waiting: 6,
            oldest_waiting_at: T0,
            sample: 40,
            lost: 1,
            last_arrival_at: null,
            arrived: { n: 0, median_ms: null, p95_ms: null },
          },
        });
        await store.record({ components: [full, aComponent({ component: 'a.query' })] });
        expect(await store.components()).toEqual([aComponent({ component: 'a.query' }), full]);
      });

      test('transitions of a time come with the state before it', async () => {
        const first = aTransition({ from: 'unknown', to: 'operational', since: T0 });
        const second = aTransition({ from: 'operational', to: 'major_outage', since: T0 + 10 });
        const third = aTransition({
          from: 'major_outage',
          to: 'operational',
          since: T0 + 20,
          cause_ref: 'beijing-query@1780000000000',
          notes: [{ code: 'slow', checks: ['beijing-query'] }],
          simulated: true,
        });
        await store.record({ components: [aComponent({})], transitions: [third, first, second] });
        expect(await store.transitions(T0, T0 + MINUTE)).toEqual([first, second, third]);
        expect(await store.transitions(T0 + 15, T0 + MINUTE)).toEqual([second, third]);
        expect(await store.transitions(T0 + 10, T0 + 20)).toEqual([first, second]);
        expect(await store.transitions(T0 + 30, T0 + MINUTE)).toEqual([third]);
        expect(await store.transitions(T0 - 30, T0)).toEqual([]);
      });

      test('gaps are those that overlap', async () => {
        const gap = { from: T0 + 10, to: T0 + 20, cause: 'restart' as const };
        await store.record({ gaps: [gap] });
        await store.record({ gaps: [{ ...gap, to: T0 + 99 }] });
        expect(await store.gaps(T0 + 19, T0 + 30)).toEqual([gap]);
        expect(await store.gaps(T0, T0 + 11)).toEqual([gap]);
        expect(await store.gaps(T0, T0 + 10)).toEqual([]);
        expect(await store.gaps(T0 + 20, T0 + 30)).toEqual([]);
      });

      test('every change has a higher number than the one before', async () => {
        expect(await store.changeSeq()).toBe(0);
        const change = { kind: 'state' as const, ref: QUERY.component, at: T0 };
        await store.record({ changes: [change, change] });
        const seq = await store.changeSeq();
        expect(seq).toBeGreaterThan(0);
        expect(await store.prune('changes', T0 + MINUTE, 10)).toBe(1);
        expect(await store.changeSeq()).toBe(seq);
        await store.record({ changes: [change] });
        expect(await store.changeSeq()).toBeGreaterThan(seq);
      });
    });

    describe('incidents', () => {
      test('come newest first with updates in the order they were written', async () => {
        const opened = anUpdate({ id: 'z-opened' });
        const joined = anUpdate({
          id: 'a-joined',
          code: 'joined',
          affected: [{ component: QUERY.component, from: 'operational', to: 'major_outage' }],
        });
        const said = anUpdate({ id: 'said', code: 'text', text: '正在处理', created_at: T0 - 1 });
        await store.record({ incidents: [anIncident({})], updates: [opened, joined, said] });
        await store.record({ incidents: [anIncident({ id: 'newer0000000', created_at: T0 + 1 })] });
        const found = await store.incidents({ limit: 10 });
        expect(found.map(({ id }) => id)).toEqual(['newer0000000', 'incident0000']);
        expect(found[1]?.updates).toEqual([said, opened, joined]);
        expect(await store.incidents({ limit: 1 })).toHaveLength(1);
        expect((await store.incident('incident0000'))?.updates).toHaveLength(3);
        expect(await store.incident('nothing')).toBeNull();
      });

      test('are replaced, and leave the unresolved when resolved or in postmortem', async () => {
        await store.record({ incidents: [anIncident({})] });
        const unresolved = () => store.incidents({ unresolved: true, limit: 10 });
        expect(await unresolved()).toHaveLength(1);
        const resolved = anIncident({
          status: 'resolved',
          impact: 'critical',
          components: [QUERY.component, SYNC.component],
          functions: ['query', 'sync'],
          updated_at: T0 + 3,
          monitoring_at: T0 + 2,
          resolved_at: T0 + 3,
          taken_over: true,
        });
        await store.record({ incidents: [resolved] });
        expect(await unresolved()).toEqual([]);
        expect(await store.incident(resolved.id)).toEqual({ ...resolved, updates: [] });
        await store.record({ incidents: [{ ...resolved, status: 'postmortem' }] });
        expect(await unresolved()).toEqual([]);
      });
    });

    describe('journeys', () => {
      test('lose the number when they no longer wait, and never wait again', async () => {
        await store.record({ journeys: [aJourney({})] });
        expect((await store.journeys({ limit: 1 }))[0]?.number).toBe(NUMBER);
        const arrived = aJourney({
          state: 'arrived',
          last_absent_at: T0 + 1,
          first_present_at: T0 + 2,
          last_answered_at: T0 + 2,
          next_look_at: null,
          looks: 2,
        });
        await store.record({ journeys: [arrived] });
        await store.record({ journeys: [aJourney({})] });
        expect(await store.journeys({ limit: 10 })).toEqual([{ ...arrived, number: null }]);
      });

      test('that were lost may still arrive', async () => {
        await store.record({ journeys: [aJourney({ state: 'lost' })] });
        await store.record({ journeys: [aJourney({ state: 'arrived' })] });
        expect((await store.journeys({ limit: 1 }))[0]?.state).toBe('arrived');
      });

      test('are found by component, state and acceptance, oldest first', async () => {
        const ids = ['1', '2', '3'].map((digit) => digit.repeat(32));
        const [first = '', second = '', third = ''] = ids;
        await store.record({
          journeys: [
            aJourney({ id: third, accepted_at: T0 + 3 }),
            aJourney({ id: first, accepted_at: T0 + 1, state: 'arrived', number: null }),
            aJourney({ id: second, accepted_at: T0 + 2, component: 'other.sync' }),
          ],
        });
        expect(await idsOf({ limit: 10 })).toEqual(ids);
        expect(await idsOf({ limit: 1 })).toEqual([first]);
        expect(await idsOf({ limit: 10, component: SYNC.component })).toEqual([first, third]);
        expect(await idsOf({ limit: 10, state: 'waiting' })).toEqual([second, third]);
        expect(await idsOf({ limit: 10, accepted_from: T0 + 2 })).toEqual([second, third]);
      });

      test('have their looks, oldest first, each once', async () => {
        const absent = aLook({ started_at: T0 + 1 });
        const failed = aLook({
          started_at: T0 + 2,
          finding: 'failed',
          outcome: 'timeout',
          reason: 'timeout_processing',
        });
        await store.record({ journeys: [aJourney({})], looks: [failed, absent] });
        await store.record({ looks: [aLook({ started_at: T0 + 1, finding: 'found' })] });
        expect(await store.looks(aJourney({}).id)).toEqual([absent, failed]);
        expect(await store.looks('nothing')).toEqual([]);
      });

      test('are found by their ids', async () => {
        const ids = ['1', '2', '3'].map((digit) => digit.repeat(32));
        await store.record({ journeys: ids.map((id) => aJourney({ id })) });
        expect(await idsOf({ limit: 10, ids: ids.slice(1) })).toEqual(ids.slice(1));
        expect(await idsOf({ limit: 10, ids: [] })).toEqual([]);
      });

      async function idsOf(filter: Parameters<Store['journeys']>[0]): Promise<string[]> {
        return (await store.journeys(filter)).map((journey) => journey.id);
      }
    });

    describe('events that were posted', () => {
      const ids = ['1', '2', '3'].map((digit) => digit.repeat(32));

      test('are known afterwards, in any number, and only once', async () => {
        const events = ids.slice(0, 2).map((id) => ({ id, received_at: T0 }));
        expect(await store.knownEvents(ids)).toEqual([]);
        await store.record({ events });
        await store.record({ events });
        expect((await store.knownEvents(ids)).toSorted()).toEqual(ids.slice(0, 2));
        expect(await store.knownEvents([])).toEqual([]);
      });

      test('are forgotten when they are old', async () => {
        await store.record({ events: ids.map((id, n) => ({ id, received_at: T0 + n })) });
        expect(await store.prune('events', T0 + 2, 1)).toBe(1);
        expect(await store.prune('events', T0 + 2, 10)).toBe(1);
        expect(await store.knownEvents(ids)).toEqual(ids.slice(2));
      });
    });

    describe('roll-ups', () => {
      test('are replaced by grain, check and start', async () => {
        const hour = aRollup({ n: 2, outcomes: { ok: 1, timeout: 1 }, simulated: true });
        await store.saveRollups('hour', [aRollup({}), aRollup({ from: T0 + 1 })]);
        await store.saveRollups('day', [aRollup({ delays: null, outcomes: { corrupt: 1 } })]);
        await store.record({ rollups: { grain: 'hour', rollups: [hour] } });
        expect(plain(await store.rollups('hour', T0, T0 + 1))).toEqual(plain([hour]));
        expect(await store.rollups('hour', T0, T0 + 2)).toHaveLength(2);
        expect(await store.rollups('hour', T0 + 2, T0 + 3)).toEqual([]);
        expect(await store.rollups('day', T0, T0 + 1)).toEqual([
          aRollup({ delays: null, outcomes: { corrupt: 1 } }),
        ]);
      });

      test('are counted without their delays', async () => {
        const bad = aRollup({ from: T0 + 1, n: 3, outcomes: { timeout: 3 } });
        await store.saveRollups('day', [bad, aRollup({})]);
        await store.saveRollups('hour', [aRollup({})]);
        const { check } = QUERY;
        expect(await store.rollupCounts('day', T0, T0 + 2)).toEqual([
          { check, from: T0, n: 1, ok: 1 },
          { check, from: T0 + 1, n: 3, ok: 0 },
        ]);
        expect(await store.rollupCounts('day', T0 + 2, T0 + 3)).toEqual([]);
      });

      /** Engines may give a subclass of Uint8Array. */
      function plain(rollups: Rollup[]): unknown[] {
        return rollups.map((rollup) => ({ ...rollup, delays: [...(rollup.delays ?? [])] }));
      }
    });

    describe('upkeep', () => {
      test('deletes only what is older, in slices, oldest first', async () => {
        const results = [0, 1, 2, 3].map((n) => aBadResult({ slot_at: T0 + n }));
        await store.record({ results });
        for (const what of ['results', 'evidence'] as const) {
          expect(await store.prune(what, T0 + 3, 2)).toBe(2);
          const bad = what === 'evidence';
          const left = await store.results({ from: T0, to: T0 + MINUTE, limit: 10, bad });
          expect(left.map(({ slot_at }) => slot_at)).toEqual([T0 + 2, T0 + 3]);
          expect(await store.prune(what, T0 + 3, 2)).toBe(1);
          expect(await store.prune(what, T0 + 3, 2)).toBe(0);
        }
      });

      test('of one grain of roll-ups leaves the other', async () => {
        await store.saveRollups('hour', [aRollup({}), aRollup({ from: T0 + 1 })]);
        await store.saveRollups('day', [aRollup({}), aRollup({ from: T0 + 1 })]);
        expect(await store.prune('hourly', T0 + 1, 10)).toBe(1);
        expect(await store.rollups('hour', 0, T0 * 2)).toHaveLength(1);
        expect(await store.rollups('day', 0, T0 * 2)).toHaveLength(2);
        expect(await store.prune('daily', T0 + 1, 10)).toBe(1);
        expect(await store.rollups('day', 0, T0 * 2)).toHaveLength(1);
      });

      test('leaves a journey that waits, however old', async () => {
        await store.record({
          journeys: [aJourney({}), aJourney({ id: 'b'.repeat(32), state: 'arrived' })],
          looks: [aLook({ started_at: T0 + 1 }), aLook({ started_at: T0 + 2 })],
        });
        expect(await store.prune('journeys', T0 + MINUTE, 10)).toBe(1);
        expect((await store.journeys({ limit: 10 })).map(({ state }) => state)).toEqual([
          'waiting',
        ]);
        expect(await store.prune('looks', T0 + 2, 10)).toBe(1);
        expect(await store.looks(aJourney({}).id)).toHaveLength(1);
      });
    });

    describe('deliveries', () => {
      const wang = { id: 'wang', channel: 'mail' };
      const li = { id: 'li', channel: 'webhook' };
      const LEASE = MINUTE;
      const fanOut = (...operators: RecipientKey[]) =>
        store.fanOut({ now: T0, limit: 10, operators });

      beforeEach(async () => {
        await store.record({
          incidents: [anIncident({})],
          updates: [anUpdate({})],
          notices: [aNotice({})],
        });
      });

      test('are one per notice and recipient, however often the notice comes', async () => {
        expect(await fanOut(wang, li)).toBe(true);
        await store.record({ notices: [aNotice({})] });
        expect(await fanOut(wang, li)).toBe(false);
        const claimed = await store.claimDeliveries(T0, LEASE, 10);
        expect(claimed.map(({ recipient }) => recipient.id).sort()).toEqual(['li', 'wang']);
        expect(new Set(claimed.map(({ id }) => id)).size).toBe(2);
        expect(claimed[0]).toMatchObject({ notice: aNotice({}), attempts: 1 });
      });

      test('are made for one notice at a time, oldest first', async () => {
        await store.record({
          notices: [aNotice({ id: 'notice000002', created_at: T0 - 1 })],
        });
        expect(await fanOut(wang)).toBe(true);
        const [claimed] = await store.claimDeliveries(T0, LEASE, 10);
        expect(claimed?.notice.id).toBe('notice000002');
        expect(await fanOut(wang)).toBe(true);
      });

      test('are nobody else’s while leased, and come back after it with the same id', async () => {
        await fanOut(wang);
        const [first] = await store.claimDeliveries(T0, LEASE, 10);
        expect(await store.claimDeliveries(T0 + LEASE - 1, LEASE, 10)).toEqual([]);
        const [second] = await store.claimDeliveries(T0 + LEASE, LEASE, 10);
        expect(second).toEqual({ ...first, attempts: 2 });
      });

      test('are claimed once by two at the same time, at most the limit each', async () => {
        await fanOut(wang, li);
        const [one, two] = await Promise.all([
          store.claimDeliveries(T0, LEASE, 1),
          store.claimDeliveries(T0, LEASE, 1),
        ]);
        expect(one).toHaveLength(1);
        expect(two).toHaveLength(1);
        expect(one[0]?.id).not.toBe(two[0]?.id);
      });

      test('settled for good never come back, whatever is said later', async () => {
        await fanOut(wang, li);
        const [sent, refused] = await store.claimDeliveries(T0, LEASE, 10);
        await store.settleDelivery(sent?.id ?? '', { status: 'sent', at: T0 });
        await store.settleDelivery(refused?.id ?? '', {
          status: 'never_again',
          at: T0,
          error: 'mailbox unknown',
        });
        await store.settleDelivery(sent?.id ?? '', {
          status: 'retry',
          at: T0,
          next_attempt_at: T0 + 1,
          error: 'late answer',
        });
        expect(await store.claimDeliveries(T0 + 10 * LEASE, LEASE, 10)).toEqual([]);
      });

      test('to be retried come back when they are due', async () => {
        await fanOut(wang);
        const [claimed] = await store.claimDeliveries(T0, LEASE, 10);
        const next_attempt_at = T0 + 5 * LEASE;
        await store.settleDelivery(claimed?.id ?? '', {
          status: 'retry',
          at: T0,
          next_attempt_at,
          error: 'busy',
        });
        expect(await store.claimDeliveries(next_attempt_at - 1, LEASE, 10)).toEqual([]);
        expect(await store.claimDeliveries(next_attempt_at, LEASE, 10)).toHaveLength(1);
      });
    });

    describe('integrity', () => {
      test('is sound when a disturbance is recorded whole', async () => {
        await store.record({
          results: [aBadResult({})],
          components: [aComponent({ state: 'major_outage', since: T0 })],
          transitions: [aTransition({ from: 'unknown', to: 'major_outage', since: T0 })],
          incidents: [anIncident({})],
          updates: [anUpdate({})],
          notices: [aNotice({})],
        });
        expect(await store.integrityProblems()).toEqual([]);
      });

      test('names a component that disagrees with its transitions', async () => {
        await store.record({
          components: [
            aComponent({ state: 'operational', since: T0 }),
            aComponent({ component: 'a.query', state: 'operational' }),
            aComponent({ component: 'b.query', state: 'unknown' }),
          ],
          transitions: [aTransition({ from: 'unknown', to: 'major_outage', since: T0 })],
        });
        expect(await store.integrityProblems()).toEqual([
          'component a.query is operational without a transition',
          `component beijing.query is operational since ${T0}, but its last transition is to major_outage since ${T0}`,
        ]);
      });

      test('names a transition that is there twice or does not follow from the one before', async () => {
        const transition = aTransition({ from: 'unknown', to: 'major_outage', since: T0 });
        await store.record({
          components: [aComponent({ state: 'major_outage', since: T0 })],
          transitions: [transition, transition],
        });
        expect(await store.integrityProblems()).toEqual([
          `the transition of beijing.query since ${T0} starts from unknown, but the one before ended in major_outage`,
        ]);
      });

      test('names an open incident without transition, notice or update, and a second one', async () => {
        await store.record({
          incidents: [anIncident({}), anIncident({ id: 'second000000', created_at: T0 - 1 })],
          updates: [anUpdate({ incident: 'second000000' })],
          notices: [aNotice({ ref: 'second000000' })],
        });
        expect(await store.integrityProblems()).toEqual([
          `incident incident0000 is open, but no transition of its components is since ${T0}`,
          'incident incident0000 is open without a notice',
          'incident incident0000 is open without an update',
          `incident second000000 is open, but no transition of its components is since ${T0}`,
          'system beijing has 2 open incidents',
        ]);
      });
    });

    test('a check may move to another component and keeps its results', async () => {
      await store.record({ results: [aResult({})] });
      await store.register([{ ...QUERY, component: 'beijing.verify', function: 'verify' }]);
      const all = { from: T0, to: T0 + 1, limit: 1 };
      expect(await store.results({ ...all, component: 'beijing.verify' })).toHaveLength(1);
      expect(await store.results({ ...all, component: QUERY.component })).toEqual([]);
    });

    test('a reader opened before a check was registered learns its name', async () => {
      const reader = await database.openReader();
      const all = { from: T0, to: T0 + 1, limit: 1 };
      expect(await reader.results(all)).toEqual([]);
      await store.register([{ ...QUERY, check: 'new-check' }]);
      await store.record({ results: [aResult({ check: 'new-check' })] });
      expect((await reader.results(all))[0]?.check).toBe('new-check');
      await reader.close();
    });
  });
}

function aResult(parts: Partial<Result>): Result {
  const slot_at = parts.slot_at ?? T0;
  return {
    check: QUERY.check,
    slot_at,
    started_at: slot_at,
    duration_ms: 100,
    confirming: false,
    simulated: false,
    outcome: 'ok',
    reason: null,
    detail: null,
    phases: {},
    bytes: 0,
    http_status: null,
    certificate_expires_at: null,
    integrity: null,
    accepted: null,
    ...parts,
  };
}

function aBadResult(parts: Partial<Result>): Result {
  return aResult({ outcome: 'system', reason: 'http_status', http_status: 503, ...parts });
}

function aJudgement(parts: Partial<CheckJudgement>): CheckJudgement {
  return {
    check: QUERY.check,
    verdict: 'well',
    since: T0,
    bad_run: 0,
    bad_since: null,
    good_run: 3,
    good_since: T0,
    quick_run: 3,
    quick_since: T0,
    window: [{ slot_at: T0, slow: false }],
    overlap_open: false,
    last_slot_at: T0,
    last_ended_at: T0 + 100,
    valid_until: T0 + MINUTE,
    reason: null,
    detail: null,
    ...parts,
  };
}

function aComponent(parts: Partial<ComponentStatus>): ComponentStatus {
  return {
    component: QUERY.component,
    state: 'operational',
    since: T0,
    notes: [],
    measured_at: null,
    valid_until: null,
    recent: null,
    sync: null,
    ...parts,
  };
}

function aTransition(parts: Partial<Transition>): Transition {
  return {
    component: QUERY.component,
    from: 'unknown',
    to: 'operational',
    since: T0,
    recorded_at: T0 + 100,
    cause: 'result',
    cause_ref: null,
    notes: [],
    simulated: false,
    ...parts,
  };
}

function anIncident(parts: Partial<Incident>): Incident {
  return {
    id: 'incident0000',
    system: QUERY.system,
    status: 'investigating',
    impact: 'major',
    title: 'outage',
    functions: ['query'],
    components: [QUERY.component],
    started_at: T0,
    created_at: T0,
    updated_at: T0,
    monitoring_at: null,
    resolved_at: null,
    taken_over: false,
    simulated: false,
    ...parts,
  };
}

function anUpdate(parts: Partial<IncidentUpdate>): IncidentUpdate {
  return {
    id: 'update000000',
    incident: 'incident0000',
    status: 'investigating',
    code: 'opened',
    text: null,
    affected: [],
    created_at: T0,
    ...parts,
  };
}

function aNotice(parts: Partial<Notice>): Notice {
  return {
    id: 'notice000001',
    kind: 'incident_opened',
    ref: 'incident0000',
    update: 'update000000',
    created_at: T0,
    ...parts,
  };
}

function aJourney(parts: Partial<Journey>): Journey {
  return {
    id: 'a'.repeat(32),
    component: SYNC.component,
    check: SYNC.check,
    number: NUMBER,
    issued: '20260601120000',
    accepted_at: T0,
    state: 'waiting',
    last_absent_at: null,
    first_present_at: null,
    last_answered_at: null,
    next_look_at: T0 + 5_000,
    looks: 0,
    simulated: false,
    ...parts,
  };
}

function aLook(parts: Partial<Look>): Look {
  return {
    journey: 'a'.repeat(32),
    started_at: T0,
    duration_ms: 60,
    finding: 'absent',
    outcome: 'ok',
    reason: null,
    ...parts,
  };
}

function aRollup(parts: Partial<Rollup>): Rollup {
  return {
    check: QUERY.check,
    from: T0,
    n: 1,
    outcomes: { ok: 1 },
    slow: 0,
    delays: Uint8Array.of(1, 0, 0),
    simulated: false,
    ...parts,
  };
}
