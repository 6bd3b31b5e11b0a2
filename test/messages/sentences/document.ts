import { CATALOGUES } from '../../../messages/catalogue.ts';
import { createText, type MessageKey } from '../../../messages/index.ts';
import { LOCALES, type Locale } from '../../../model/vocabulary.ts';
import { FACTS, FACTS_BY_SUBJECT } from '../facts/index.ts';
import { filledWith } from './filled.ts';
import { settingsOf } from './setting.ts';

/** Sentences of one key in one language. */
const MOST = 6;

const HEAD = `# Sentences

Every message in every language, filled at the edges of its parameters, below the fact that has to
hold where it is said. Written by \`npm run sentences\` and compared by a test; read it whenever a
message changes ([0053](decisions/0053-a-sentence-names-its-fact.md)). What has no fact claims
nothing: names, headings, buttons.
`;

/** Read elsewhere or later than it is written: mails, webhooks. */
const IN_FULL: readonly string[] = ['notices'];

/** docs/sentences.md. */
export function sentencesDocument(): string {
  const subjects = Object.entries(FACTS_BY_SUBJECT).map(([subject, facts]) =>
    subjectSection(subject, Object.keys(facts) as MessageKey[]),
  );
  return [HEAD, ...subjects, missingSection()].join('\n');
}

function subjectSection(subject: string, keys: readonly MessageKey[]): string {
  const in_full = IN_FULL.includes(subject);
  const families = [...Map.groupBy(keys, (key) => key.slice(0, key.indexOf('.')))];
  const settings = new Map(LOCALES.map((locale) => [locale, settingsOf(locale, in_full)]));
  return [
    `## ${subject}\n`,
    ...families.map(([family, its]) =>
      block(
        `### ${subject}: ${family}`,
        its.map((key) => {
          const sentences = (locale: Locale) => sentencesOf(key, settings.get(locale) ?? []);
          return [key, ...factLine(key), ...LOCALES.flatMap((it) => listed(it, sentences(it)))];
        }),
      ),
    ),
  ].join('\n');
}

function block(heading: string, entries: readonly string[][]): string {
  return `${heading}\n\n\`\`\`text\n${entries.map((it) => it.join('\n')).join('\n\n')}\n\`\`\`\n`;
}

function factLine(key: MessageKey): string[] {
  const { is } = FACTS[key];
  return is === null ? [] : [`  = ${is}`];
}

function listed(locale: Locale, sentences: readonly string[]): string[] {
  return sentences.map((it, i) => `  ${i === 0 ? locale.padEnd(6) : '      '} ${it}`);
}

/** What a message says where its parameters allow it, as long as it shows another edge. */
function sentencesOf(key: MessageKey, settings: ReturnType<typeof settingsOf>): string[] {
  const names = placeholders(key);
  const sentences = new Set<string>();
  const seen = new Set<string>();
  for (const setting of settings) {
    const params = filledWith(key, names, setting);
    if (FACTS[key].denied(params) !== null) continue;
    const edges = Object.entries(params).map(([name, value]) => `${name}=${value}`);
    if (sentences.size > 0 && edges.every((it) => seen.has(it))) continue;
    for (const edge of edges) seen.add(edge);
    sentences.add(setting.words.text(key, params));
    if (sentences.size === MOST) break;
  }
  if (sentences.size === 0) throw new Error(`${key}: nothing in FILLED holds`);
  return [...sentences];
}

/** Of any language: some choose a form by what others do not need. */
function placeholders(key: MessageKey): string[] {
  const messages = LOCALES.map((it) => CATALOGUES[it]?.[key] ?? '').join();
  return [...new Set([...messages.matchAll(/\{(\w+)/g)].map(([, name = '']) => name))];
}

const SHOWN_MISSING = ['state.operational', 'update.opened', 'list.separator'] as const;

/** What a language says that has no messages yet. */
function missingSection(): string {
  const entries = SHOWN_MISSING.map((key) => {
    const lines = LOCALES.flatMap((locale) => {
      const others = { ...CATALOGUES, [locale]: {} };
      const [setting] = settingsOf(locale, false);
      const params = setting === undefined ? {} : filledWith(key, placeholders(key), setting);
      return listed(locale, [createText(others, locale)(key, params)]);
    });
    return [key, ...lines];
  });
  return `## Missing in a language\n\n${block('### missing', entries)}`;
}
