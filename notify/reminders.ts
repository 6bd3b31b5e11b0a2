import { type Alert, isOwnSilence } from '../model/alert.ts';
import { dueReminder } from '../model/alert-reminders.ts';
import type { NotifySettings } from '../model/notify-settings.ts';
import type { Clock } from '../model/ports.ts';
import { isDisturbed } from '../model/severity.ts';
import type { State } from '../model/vocabulary.ts';
import type { AlertReads, AlertWrites } from '../store/ports/alerts.ts';
import type { StateReads } from '../store/ports/states.ts';

export interface RemindersParts {
  store: Pick<AlertReads, 'alerts' | 'unansweredAlerts'> &
    Pick<AlertWrites, 'tellAlertAgain'> &
    Pick<StateReads, 'components'>;
  settings: Pick<NotifySettings, 'repeat_after_ms' | 'escalation'>;
  newId: () => string;
  clock: Clock;
}

/**
 * Tells again of what nobody has acknowledged, while it still is so, and after a while other
 * operators too. What was told is stored: a start repeats nothing. To be called now and then.
 */
export function createReminders(parts: RemindersParts): () => Promise<void> {
  const { store, settings, newId, clock } = parts;
  return async () => {
    const now = clock.now();
    const due = (await store.unansweredAlerts()).flatMap((it) => {
      const kind = dueReminder(it, settings, now);
      return kind === null ? [] : [{ ...it, kind }];
    });
    if (due.length === 0) return;
    const alerts = new Map((await store.alerts({ open: true })).map((it) => [it.id, it]));
    const states = new Map((await store.components()).map((it) => [it.component, it.state]));
    for (const { id, kind, repeats } of due) {
      const alert = alerts.get(id);
      if (!alert || !isStillSo(alert, states.get(alert.subject))) continue;
      const notice = { id: newId(), kind, ref: id, update: null, created_at: now };
      await store.tellAlertAgain({ id, repeats, notice });
    }
  };
}

/** A component that is maintained or that nobody knows of now has no message to be told again. */
function isStillSo(alert: Alert, state: State | undefined): boolean {
  const { kind } = alert;
  if (kind === 'state') return isDisturbed(state);
  if (isOwnSilence(alert)) return state !== 'under_maintenance';
  if (kind === 'stale') return state === 'unknown';
  return true;
}
