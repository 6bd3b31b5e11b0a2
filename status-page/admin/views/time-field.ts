import type { TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { TimeField } from '../../../model/maintenance/plan.ts';
import { offsetText } from '../../../model/zone.ts';
import { occurrencesOf, type TypedTime } from '../times.ts';
import { type TimeChoice, timeControl } from './controls.ts';

export interface TimeFieldParts {
  name: TimeField;
  typed: TypedTime;
  problem: string | undefined;
  zone: string;
  readonly?: boolean;
}

/** The field of a time in the zone of the page. */
export function timeField({ typed, zone, ...field }: TimeFieldParts, words: Words): TemplateResult {
  const label = words.text(`form.${field.name}`);
  const choice = timeChoice(typed, zone, words);
  return timeControl({ ...field, label, value: typed.text, choice });
}

/** The question which one is meant, of a time that clocks show twice; null for others. */
function timeChoice({ text, offset }: TypedTime, zone: string, words: Words): TimeChoice | null {
  const occurrences = occurrencesOf(zone, text);
  if (occurrences.length === 0) return null;
  return {
    question: words.text('form.which', { time: text.replace('T', ' ') }),
    options: occurrences.map(({ at, offset: value }, i) => ({
      value,
      label: words.text(i === 0 ? 'form.which_first' : 'form.which_second', {
        zone: words.zoneName(at),
        offset: offsetText(zone, at),
      }),
      checked: value === offset,
    })),
  };
}
