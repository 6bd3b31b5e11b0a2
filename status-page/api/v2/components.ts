import { ownTroubleText, stateName, whySentences } from '../../../messages/index.ts';
import type { ComponentView, SystemView } from '../../../model/overview.ts';
import { iso } from '../../../model/time.ts';
import type { ComponentId, EpochMs, State } from '../../../model/vocabulary.ts';
import type { ComponentContext } from './context.ts';
import type { V2Component } from './schemas.ts';

/** Groups are components too, each followed by its members. */
export function components(context: ComponentContext): V2Component[] {
  return context.overview.systems.flatMap((system, i) => [
    group(system, i + 1, context),
    ...members(system, context),
  ]);
}

function group(system: SystemView, position: number, context: ComponentContext) {
  const { words, page, names } = context;
  const state = worst(system.components);
  return {
    ...componentRow({
      id: system.id,
      name: names.get(system.id) ?? system.id,
      status: v2State(state),
      description: state === 'unknown' ? words.text(unknownKey(system)) : null,
      changed_at: Math.max(0, ...system.components.map((it) => it.since ?? 0)),
      position,
      group_id: null,
      page_id: page.id,
    }),
    group: true,
    components: system.components.map((it) => it.id),
  };
}

function unknownKey({ components }: SystemView) {
  const is_all = components.every((it) => it.state === 'unknown');
  return is_all ? 'state.unknown' : 'task.some_unknown';
}

function members(system: SystemView, context: ComponentContext) {
  const { page, names } = context;
  return system.components.map((it, i) =>
    componentRow({
      id: it.id,
      name: names.get(it.id) ?? it.id,
      status: v2State(it.state),
      description: descriptionOf(it, context),
      changed_at: it.since ?? 0,
      position: i + 1,
      group_id: system.id,
      page_id: page.id,
    }),
  );
}

interface ComponentFacts {
  id: ComponentId;
  name: string;
  status: V2Component['status'];
  description: string | null;
  changed_at: EpochMs;
  position: number;
  group_id: string | null;
  page_id: string;
}

function componentRow({ changed_at, ...row }: ComponentFacts): V2Component {
  return {
    ...row,
    // Components come from the configuration, which has no history: only the last change is known.
    created_at: iso(changed_at),
    updated_at: iso(changed_at),
    showcase: false,
    start_date: null,
    group: false,
    only_show_if_degraded: false,
  };
}

/**
 * Why it is not operational, in words, since the API cannot say `unknown`, and what is wrong with
 * ourselves. null for an operational one.
 */
function descriptionOf(view: ComponentView, { words, overview }: ComponentContext): string | null {
  if (view.state === 'operational') return null;
  const why = whySentences(view, words);
  const told = why.length === 0 ? [stateName(view, words)] : why;
  const own = overview.own_troubles.map((it) => ownTroubleText(it, words));
  return [...told, ...own].join(words.text('sentence.separator'));
}

/** Worst first; unknown is worse than operational, as the API has no state for it. */
const ORDER: readonly State[] = [
  'major_outage',
  'partial_outage',
  'degraded_performance',
  'unknown',
  'under_maintenance',
  'operational',
];

function worst(components: readonly ComponentView[]): State {
  return ORDER.find((state) => components.some((it) => it.state === state)) ?? 'unknown';
}

/** The API has no `unknown`; degraded is the mildest state that is not green. */
export function v2State(state: State): V2Component['status'] {
  return state === 'unknown' ? 'degraded_performance' : state;
}
