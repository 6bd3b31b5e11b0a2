import { ANY_ORIGIN } from '../../../http/headers.ts';
import { createWords } from '../../../messages/catalogue.ts';
import { stateName, type Words, wellText } from '../../../messages/index.ts';
import type { Configuration, PageSettings } from '../../../model/configuration.ts';
import type { ComponentView } from '../../../model/overview.ts';
import type { Clock } from '../../../model/ports.ts';
import type { ComponentId } from '../../../model/vocabulary.ts';
import { wellOf } from '../../../model/well.ts';
import { scopeGroups } from '../../commands/scope.ts';
import { memoizePerComponent } from '../../overview/memoize.ts';
import type { DocumentSource, RenderedDocument } from '../../serve/publication.ts';
import { BADGE_POLICY, badge } from '../views/badge.ts';

const HEADERS = {
  ...ANY_ORIGIN,
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': BADGE_POLICY,
  'content-type': 'image/svg+xml; charset=utf-8',
};

/** A badge of each component, in each language of the page. */
export function createBadges(configuration: Configuration, { now }: Clock): DocumentSource {
  const { languages, zone } = configuration.page;
  const files = scopeGroups(configuration).flatMap(({ components }) =>
    components.map(({ id }) => fileOf(id)),
  );
  const keep = memoizePerComponent<RenderedDocument[]>();
  const all_words = languages.map((locale) => createWords({ locale, zone, now }));
  return {
    paths: files.flatMap((file) => languages.map((locale) => `/${locale}${file}`)),
    negotiated: files,
    documentsOf: ({ systems, page }) =>
      systems.flatMap(({ components }) =>
        components.flatMap((view) => {
          const { id, state, notes, valid_until } = view;
          const documents = keep(id, JSON.stringify([state, notes]), () =>
            all_words.map((words) => document(view, page, words)),
          );
          const until = state === 'unknown' ? null : valid_until;
          return documents.map((it) => ({ ...it, valid_until: until }));
        }),
      ),
  };
}

function fileOf(component: ComponentId): string {
  return `/badge/${component}.svg`;
}

function document(view: ComponentView, page: PageSettings, words: Words): RenderedDocument {
  const { id, state } = view;
  const { locale, name, text } = words;
  const body = badge({
    locale,
    name: `${name(view.system_name)} · ${text(`function.${view.function}`)}`,
    state,
    word: state === 'operational' ? wellText(wellOf(view), words) : stateName(view, words),
    who: text('page.unofficial', { operator: name(page.operator) }),
  });
  const headers = { ...HEADERS, 'content-language': locale };
  return { path: `/${locale}${fileOf(id)}`, body, headers };
}
