import { openStore } from '../../store/sqlite/open.ts';
import { sampleChecks, sampleResults } from './bulk.ts';

/**
 * A process that opens the database `path` and writes `count` recordings, each a result with its
 * component, transition, incident, update and notice; in between it fans out, claims and settles as
 * a notifier does. It prints the slot of each result after its commit.
 */
const [path = '', name = '', count = '0'] = process.argv.slice(2);
const [check] = sampleChecks(1);
if (check === undefined) throw new Error('no check');
const store = await openStore({ path });
await store.register([{ ...check, check: name, component: `${name}.query`, system: name }]);

const results = sampleResults({
  checks: [{ ...check, check: name }],
  count: Number(count),
  first_slot_at: 1_780_000_000_000,
  interval_ms: 1_000,
  seed: 1,
});
const incident = `${name}-incident`;
const component = `${name}.query`;
for (const [n, result] of results.entries()) {
  const at = result.slot_at;
  const started_at = results[0]?.slot_at ?? 0;
  const [from, to] =
    n % 2 === 0
      ? (['operational', 'major_outage'] as const)
      : (['major_outage', 'operational'] as const);
  await store.record({
    results: [result],
    components: [
      {
        component,
        state: to,
        since: at,
        notes: [],
        measured_at: at,
        valid_until: at,
        recent: null,
        sync: null,
        last: null,
      },
    ],
    transitions: [
      {
        component,
        from,
        to,
        since: at,
        recorded_at: at,
        cause: 'result',
        cause_ref: null,
        notes: [],
        simulated: false,
      },
    ],
    incidents: [
      {
        id: incident,
        system: name,
        status: 'investigating',
        impact: 'major',
        title: 'outage',
        functions: ['query'],
        components: [component],
        seen_from: null,
        maybe_our_line: false,
        started_at,
        created_at: started_at,
        updated_at: at,
        monitoring_at: null,
        resolved_at: null,
        taken_over: false,
        cause: null,
        simulated: false,
      },
    ],
    updates: [
      {
        id: `${name}-update-${n}`,
        incident,
        status: 'investigating',
        code: 'joined',
        text: null,
        affected: [],
        told: true,
        created_at: at,
      },
    ],
    notices: [
      {
        id: `${name}-notice-${n}`,
        kind: 'incident_updated',
        ref: incident,
        update: `${name}-update-${n}`,
        created_at: at,
      },
    ],
    changes: [{ kind: 'state', ref: component, at }],
  });
  process.stdout.write(`${at}\n`);
  await store.fanOut({ now: at, limit: 10, operators: [{ id: 'operator', channel: 'log' }] });
  for (const { id } of await store.claimDeliveries({ owner: 'test', now: at, limit: 10 })) {
    await store.settleDelivery(id, { status: 'sent', at });
  }
}
await store.close();
