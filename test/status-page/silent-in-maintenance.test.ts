import { expect, test } from 'vitest';
import type { ComponentStatus, Note } from '../../model/component.ts';
import { unmeasured } from '../../model/judge/validity.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import { componentsOf } from '../../status-page/overview/components.ts';
import { START } from '../collector/configuration.ts';
import { ownSettings } from '../collector/own-site.ts';

const COVERED: Note = { code: 'maintenance', maintenance_id: 'm', measured: 'operational' };
const SILENT: Note = { code: 'quiet', last_at: START - HOUR };

/** What the page says of a function in a maintenance, of which own traffic tells. */
function told(notes: Note[]): Note[] | undefined {
  const status: ComponentStatus = {
    ...unmeasured('shop.issue', START),
    state: 'under_maintenance',
    notes,
    measured_at: START - HOUR,
    valid_until: START + MINUTE,
  };
  const views = componentsOf({
    system: 'shop',
    configuration: ownSettings(),
    statuses: new Map([[status.component, status]]),
    maintenances: [],
    stagesOf: () => null,
    now: START,
  });
  return views.find(({ id }) => id === 'shop.issue')?.notes;
}

test('of what is silent in a maintenance nothing is said to be measured', () => {
  expect(told([COVERED])).toEqual([COVERED]);
  expect(told([COVERED, SILENT])).toEqual([{ code: 'maintenance', maintenance_id: 'm' }, SILENT]);
});
