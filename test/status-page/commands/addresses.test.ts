import { expect, test } from 'vitest';
import { MAINTENANCE_ACTIONS } from '../../../model/maintenance/life-cycle.ts';
import { ROUTES } from '../../../status-page/routes.ts';

test.each(MAINTENANCE_ACTIONS)('%s has a page that asks, and an address of the API', (action) => {
  const methods = (path: string) => ROUTES.find((route) => route.path === path)?.methods;
  expect(methods(`/admin/:lang/maintenances/:id/${action}`)).toEqual(['GET', 'POST']);
  expect(methods(`/api/v1/maintenances/:id/${action}`)).toEqual(['POST']);
});
