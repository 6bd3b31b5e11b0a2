import { Hono } from 'hono';
import { limitBody } from '../../../http/body.ts';
import { clientAddress } from '../../../http/client-address.ts';
import type { Configuration } from '../../../model/configuration.ts';
import type { Clock, Log } from '../../../model/ports.ts';
import { MAX_BODY_BYTES } from '../../api/v1/guard.ts';
import type { Maintenances } from '../../commands/maintenances.ts';
import type { Attempts } from '../attempts.ts';
import { scopeGroups } from '../scope.ts';
import type { Sessions } from '../session.ts';
import { listPage } from '../views/list.ts';
import { signInPage } from '../views/sign-in.ts';
import { confirmRoutes } from './confirm.ts';
import { adminHome, createDesk, type Desk, type DeskContext, type DeskEnv } from './desk.ts';
import { fieldOf } from './fields.ts';
import { planRoutes } from './plan.ts';
import { windowRoutes } from './window.ts';

/** As many as a list can be read. */
const MAX_LISTED = 200;

/** The administration as plain forms at `/admin`; they need no scripts. */
export function createAdminForms({
  maintenances,
  sessions,
  attempts,
  configuration,
  styles,
  clock,
  log,
}: {
  maintenances: Maintenances;
  sessions: Sessions;
  attempts: Attempts;
  configuration: Configuration;
  /** Addresses of style sheets. */
  styles: readonly string[];
  clock: Clock;
  log: Log;
}): Hono<DeskEnv> {
  const { page } = configuration;
  const groups = scopeGroups(configuration);
  const desk = createDesk({ sessions, page, styles });
  const within = { desk, maintenances, groups, zone: page.zone, clock };

  const signed_in = new Hono<DeskEnv>();
  signed_in.use(desk.requireSession);
  signed_in.get('/', async (c) => {
    const listed = await maintenances.list({ limit: MAX_LISTED });
    return desk.show(c, listPage(c.var.language, { maintenances: listed, groups }));
  });
  signed_in.post('/sign-out', (c) => {
    c.header('set-cookie', sessions.cookie(null));
    return c.redirect(`${c.var.language.base}/sign-in`, 303);
  });
  planRoutes(signed_in, within);
  confirmRoutes(signed_in, within);
  windowRoutes(signed_in, within);

  const app = new Hono<DeskEnv>();
  app.get('/', (c) => adminHome(c, page.languages));
  const local = new Hono<DeskEnv>();
  local.use(desk.greet);
  local.post(
    '*',
    limitBody<DeskEnv>(MAX_BODY_BYTES, (c) => desk.tooLarge(c)),
    desk.takeForm,
  );
  local.get('/sign-in', (c) => desk.show(c, signInPage(c.var.language, {})));
  local.post('/sign-in', (c) => signIn(c, { desk, sessions, attempts, log }));
  local.route('/', signed_in);
  for (const locale of page.languages) {
    app.get(`/${locale}`, (c) => c.redirect(`/admin/${locale}/`, 308));
  }
  app.route('/:lang/', local);
  return app;
}

async function signIn(
  c: DeskContext,
  {
    desk,
    sessions,
    attempts,
    log,
  }: { desk: Desk; sessions: Sessions; attempts: Attempts; log: Log },
): Promise<Response> {
  const { language } = c.var;
  const client = clientAddress(c.env.incoming);
  const seconds = attempts.waitSeconds(client);
  if (seconds > 0) {
    c.header('retry-after', String(seconds));
    const problem = language.words.text('sign_in.wait', { seconds: String(seconds) });
    return desk.show(c, signInPage(language, { problem }), 429);
  }
  const session = await sessions.open(fieldOf(c.var.form, 'token').trim());
  if (session === null) {
    attempts.failed(client);
    log.warn({}, "somebody showed a wrong administrator's token");
    return desk.show(
      c,
      signInPage(language, { problem: language.words.text('sign_in.wrong') }),
      401,
    );
  }
  log.info({}, 'an administrator signed in');
  c.header('set-cookie', sessions.cookie(session));
  return c.redirect(`${language.base}/`, 303);
}
