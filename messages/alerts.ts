import type { Alert } from '../model/alert.ts';
import type { Configuration } from '../model/configuration.ts';
import { systemName } from '../model/names.ts';
import { systemOf } from '../model/vocabulary.ts';
import { functionOf } from './incidents.ts';
import type { Words } from './words.ts';

/** Context for rendering alerts. */
export interface AlertWords {
  words: Words;
  configuration: Pick<Configuration, 'systems'>;
}

/** Title and sentence for an alert in its current state, because messages may be read late. */
export function alertText(alert: Alert, context: AlertWords): { title: string; body: string } {
  const { words } = context;
  const is_over = alert.resolved_at !== null;
  if (alert.kind === 'channel') {
    const channel = alert.subject;
    const body = is_over ? 'alert.channel_ended_body' : 'alert.channel_body';
    return {
      title: words.text('alert.channel_title', { channel }),
      body: words.text(body, { channel }),
    };
  }
  const title = alertedComponent(alert, context);
  if (alert.kind === 'stale') {
    const body = is_over ? 'alert.stale_ended_body' : 'alert.stale_body';
    return { title: words.text('alert.stale_title', { title }), body: words.text(body, { title }) };
  }
  const state = words.text(`state.${alert.state ?? 'unknown'}`);
  return {
    title: words.text('title.in_state', { title, state }),
    body: is_over
      ? words.text('alert.ended_body', { title })
      : words.text('alert.state_body', { title, state }),
  };
}

/** 北京电子发票:下载 */
export function alertedComponent({ subject }: Alert, { words, configuration }: AlertWords): string {
  return words.text('title.component', {
    system: words.name(systemName(systemOf(subject), configuration)),
    function: words.text(`function.${functionOf(subject)}`),
  });
}
