import { ANY_ORIGIN } from '../../../http/headers.ts';
import { createWords } from '../../../messages/catalogue.ts';
import { stateName, taskText, type Words, wellText } from '../../../messages/index.ts';
import type { Configuration } from '../../../model/configuration.ts';
import { withDependencies } from '../../../model/dependencies.ts';
import type { ComponentView, TaskView } from '../../../model/overview.ts';
import type { Clock } from '../../../model/ports.ts';
import { earliest, iso } from '../../../model/time.ts';
import { wellOf } from '../../../model/well.ts';
import { scopeGroups } from '../../commands/scope.ts';
import { memoizePerComponent } from '../../overview/memoize.ts';
import type { DocumentSource, RenderedDocument } from '../../serve/publication.ts';
import { type EmbeddedState, type EmbeddedText, embeddedPath } from '../../web/embed/wire.ts';

const HEADERS = {
  ...ANY_ORIGIN,
  // By which the element knows how old an answer is.
  'access-control-expose-headers': 'Age, Date',
  'cross-origin-resource-policy': 'cross-origin',
  'content-type': 'application/json; charset=utf-8',
};

/** The state of each component and task, for the element that other sites show. */
export function createStates(configuration: Configuration, { now }: Clock): DocumentSource {
  const { page, tasks, depends_on } = configuration;
  const all_words = page.languages.map((locale) => createWords({ locale, zone: page.zone, now }));
  const keep = memoizePerComponent<EmbeddedText[]>();
  const needed = new Map(
    tasks.map((task) => [task.id, withDependencies(task.components, depends_on)]),
  );
  const ids = [
    ...scopeGroups(configuration).flatMap(({ components }) => components.map(({ id }) => id)),
    ...tasks.map(({ id }) => id),
  ];

  return {
    paths: ids.map((id) => `/${embeddedPath(id)}`),
    documentsOf({ systems, headline }) {
      const components = systems.flatMap((it) => it.components);
      const of_tasks = headline.tasks.map((task) =>
        ofTask(
          task,
          components.filter(({ id }) => needed.get(task.id)?.includes(id)),
        ),
      );
      return [...components.map(ofComponent), ...of_tasks];
    },
  };

  function ofComponent(view: ComponentView): RenderedDocument {
    const { state, system_name, function: fn } = view;
    return document(view, [view], (words) => ({
      name: `${words.name(system_name)} · ${words.text(`function.${fn}`)}`,
      state: state === 'operational' ? wellText(wellOf(view), words) : stateName(view, words),
    }));
  }

  function ofTask(task: TaskView, views: readonly ComponentView[]): RenderedDocument {
    return document(task, views, (words) => ({
      name: words.name(task.name),
      state: taskText(task, words),
    }));
  }

  function document(
    about: ComponentView | TaskView,
    rests_on: readonly ComponentView[],
    say: (words: Words) => { name: string; state: string },
  ): RenderedDocument {
    const { id, state } = about;
    const known = rests_on.filter((it) => it.state !== 'unknown');
    const valid_until = earliest(known.map((it) => it.valid_until));
    const measured_at = earliest(known.map((it) => it.measured_at));
    const told: EmbeddedState = {
      id,
      state,
      measured_at: measured_at === null ? null : iso(measured_at),
      valid_until: valid_until === null ? null : iso(valid_until),
      texts: keep(id, JSON.stringify(saidOf(about)), () =>
        all_words.map((words) => ({
          lang: words.locale,
          ...say(words),
          who: words.text('page.unofficial', { operator: words.name(page.operator) }),
        })),
      ),
    };
    const path = `/${embeddedPath(id)}`;
    return { path, body: JSON.stringify(told), headers: HEADERS, valid_until };
  }
}

/** What the words depend on; times and figures change all the time. */
function saidOf(about: ComponentView | TaskView) {
  return 'system' in about ? [about.state, about.notes] : about;
}
