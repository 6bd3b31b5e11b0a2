import type { Attempts } from '../../../http/attempts.ts';
import { inputLocales } from '../../../model/languages.ts';
import { basePath } from '../../../model/site-address.ts';
import type { Locale } from '../../../model/vocabulary.ts';
import type { MaintenanceCommands } from '../../commands/maintenances.ts';
import { type ScopeGroup, scopeGroups } from '../../commands/scope.ts';
import type { Wing, WingParts } from '../../kit/wing.ts';
import { createSessions, type Sessions } from '../session.ts';
import { limitAdminForm, loadSession, readAdminForm, requireSession } from './middleware.ts';

/** Context of the administration pages. */
export interface AdminWing extends Wing, AdminWingParts {
  sessions: Sessions;
  groups: ScopeGroup[];
  /** Languages of text fields. */
  input_locales: readonly Locale[];
}

export interface AdminWingParts extends WingParts {
  commands: MaintenanceCommands;
  attempts: Attempts;
}

/** The administration as plain forms without scripts. */
export function createAdminWing(parts: AdminWingParts): AdminWing {
  const { store, signer, clock, configuration } = parts;
  const { public_url } = configuration.page;
  const path = `${basePath(public_url)}/admin`;
  const secure = public_url.startsWith('https:');
  const sessions = createSessions({ store, signer, clock, path, secure });
  return {
    ...parts,
    sessions,
    groups: scopeGroups(configuration),
    input_locales: inputLocales(configuration.page.languages),
    middleware: [loadSession(sessions), limitAdminForm, readAdminForm],
    guard: [requireSession],
  };
}
