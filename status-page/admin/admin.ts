import { Hono } from 'hono';
import type { Configuration } from '../../model/configuration.ts';
import type { Clock, Log, Signer } from '../../model/ports.ts';
import type { Store } from '../../store/store.ts';
import { createAdminApi } from '../api/v1/api.ts';
import { createMaintenances } from '../commands/maintenances.ts';
import { createAttempts } from './attempts.ts';
import type { DeskEnv } from './forms/desk.ts';
import { createAdminForms } from './forms/forms.ts';
import { scopeGroups } from './scope.ts';
import { createSessions } from './session.ts';

/** Everything for administrators: `/admin`, `/api/v1/` and its description. */
export function createAdmin({
  store,
  signer,
  configuration,
  styles,
  clock,
  log,
}: {
  store: Store;
  signer: Signer;
  configuration: Configuration;
  /** Addresses of the style sheets of the forms. */
  styles: readonly string[];
  clock: Clock;
  log: Log;
}): Hono<DeskEnv> {
  const { page } = configuration;
  const scope = scopeGroups(configuration).flatMap(({ components }) => components);
  const components = new Set(scope.map(({ id }) => id));
  const maintenances = createMaintenances({ store, clock, components, log });
  const attempts = createAttempts(clock);
  const secure = page.public_url.startsWith('https:');
  const sessions = createSessions({ store, signer, clock, secure });
  const app = new Hono<DeskEnv>();
  app.route('/', createAdminApi({ maintenances, store, attempts, page, log }));
  app.route(
    '/admin',
    createAdminForms({ maintenances, sessions, attempts, configuration, styles, clock, log }),
  );
  return app;
}
