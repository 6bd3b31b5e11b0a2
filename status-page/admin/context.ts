import type { Context } from 'hono';
import type { PageEnv } from '../kit/page-context.ts';
import type { Session } from './session.ts';

export interface AdminEnv extends PageEnv {
  Variables: PageEnv['Variables'] & {
    /** null when not signed in. */
    session: Session | null;
    /** The submitted form. */
    form: FormData;
  };
}
/** Request context; `Path` declares the route parameters. */
export type AdminContext<Path extends string = string> = Context<AdminEnv, Path>;

/** The CSRF token of the session, which every guarded route has. */
export function formTokenOf(c: AdminContext): string {
  const { session } = c.var;
  if (session === null) throw new Error('the address does not require a session');
  return session.form_token;
}
