import { afterEach, describe, it } from 'vitest';
import { allOperational, componentStatus } from './ask.ts';
import { type Disturbance, endDrills, startDrill } from './drills.ts';
import { useQuickSite } from './use-installation.ts';
import { eventually } from './wait.ts';

/** What the page says of each function while each kind of drill is on. */

const site = useQuickSite();

const UPLOAD = 'pinduoduo.upload';
const QUERY = 'beijing.query';
const DOWNLOAD = 'beijing.download';

const DRILLS: readonly [component: string, drill: Disturbance, state: string][] = [
  [UPLOAD, { kind: 'outage', function: 'upload' }, 'major_outage'],
  [QUERY, { kind: 'outage', function: 'query' }, 'major_outage'],
  ['inv-veri.reach', { kind: 'outage' }, 'major_outage'],
  ['erp.reach', { kind: 'outage' }, 'major_outage'],
  [UPLOAD, { kind: 'latency', function: 'upload', ms: 5_000 }, 'major_outage'],
  [QUERY, { kind: 'latency', function: 'query', ms: 5_000 }, 'major_outage'],
  [DOWNLOAD, { kind: 'latency', function: 'download', ms: 5_000 }, 'major_outage'],
  [UPLOAD, { kind: 'error_code', function: 'upload', code: 50_000 }, 'major_outage'],
  [QUERY, { kind: 'error_code', function: 'query', code: 9_999 }, 'major_outage'],
  [DOWNLOAD, { kind: 'bit_rot' }, 'major_outage'],
  [DOWNLOAD, { kind: 'truncated', format: 'pdf' }, 'partial_outage'],
  // What says nothing of the system leaves it unknown, which the API has no word for.
  [UPLOAD, { kind: 'throttling' }, 'degraded_performance'],
  [QUERY, { kind: 'throttling' }, 'degraded_performance'],
  [UPLOAD, { kind: 'maintenance' }, 'major_outage'],
  [QUERY, { kind: 'maintenance' }, 'major_outage'],
  ['inv-veri.reach', { kind: 'maintenance' }, 'major_outage'],
];

describe('a drill on a quick site', () => {
  afterEach(async () => {
    for (const system of ['pinduoduo', 'beijing', 'inv-veri', 'erp'])
      await endDrills(site.now.simulators, system);
    await allOperational(site.now.page);
  });

  const cases = DRILLS.map(([component, drill, state]) => ({
    component,
    drill,
    state,
    what: Object.values(drill).join(' '),
  }));

  it.each(cases)('$what makes $component $state', async ({ component, drill, state }) => {
    const [system = ''] = component.split('.');
    await startDrill(site.now.simulators, system, drill);
    await eventually(`${component} is ${state}`, async () => {
      return (await componentStatus(site.now.page, component)) === state;
    });
  });
});
