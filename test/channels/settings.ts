import { CHANNELS } from '../../channels/index.ts';
import type { NotifySettings, Operator } from '../../model/notify-settings.ts';

/** What the section `notify` of a configuration says to every channel. */
export function notifySettings(
  section: Record<string, unknown> = {},
  operators: readonly Operator[] = [],
): NotifySettings {
  const settings = Object.entries(CHANNELS).map(([id, channel]) => [
    id,
    channel.settings({ secrets: true }).parse(section),
  ]);
  return {
    channels: Object.fromEntries(settings),
    operators,
    repeat_after_ms: null,
    escalation: null,
  };
}
