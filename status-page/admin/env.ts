import type { Context } from 'hono';
import type { PageEnv } from '../kit/page-context.ts';
import type { Session } from './session.ts';

export interface AdminEnv extends PageEnv {
  Variables: PageEnv['Variables'] & {
    /** null: nobody has signed in. */
    session: Session | null;
    /** What a form sent. */
    form: FormData;
  };
}
/** Of a request; `Path` names the parameters of its address. */
export type AdminContext<Path extends string = string> = Context<AdminEnv, Path>;

/** Of the session; there is one wherever the table does not let everybody in. */
export function formTokenOf(c: AdminContext): string {
  const { session } = c.var;
  if (session === null) throw new Error('the address does not require a session');
  return session.form_token;
}
