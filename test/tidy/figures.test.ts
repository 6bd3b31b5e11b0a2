import { describe, expect, it } from 'vitest';
import en from '../../messages/en/index.ts';
import ja from '../../messages/ja/index.ts';
import zhCN from '../../messages/zh-CN/index.ts';
import { PRODUCT, type Tree } from './sources.ts';

/** Where numbers of what was measured are put into words, and where they are calculated. */
const WORDED = ['messages/figures.ts', 'messages/availability.ts', 'messages/stages.ts'];
/** Names the fields of whole figures, for programs. */
const DESCRIBED = ['status-page/api/v1/history/operation.ts', 'status-page/api/v1/stages.ts'];
const CALCULATED = ['model/figure.ts', 'model/figures.ts'];
const CATALOGUES = /^messages\/[^/]+\/(?:page\/)?\w+\.ts$/;

/** What readers see is made in these. */
const SHOWN = /^(status-page\/(?!overview\/)|notify\/|channels\/|messages\/)/;

/** What only a figure's renderer may do, and what that would be elsewhere. */
const RULES: { what: string; form: RegExp; may: readonly string[] }[] = [
  { what: 'words of a figure', form: /['"`]figure\./, may: WORDED },
  {
    what: 'a figure of its own',
    form: /\b(availabilityFigure|shareFigure|medianFigure|p95Figure|percent)\(/,
    may: [...WORDED, ...CALCULATED],
  },
  {
    what: 'a number without its figure',
    form: /\b(median_ms|p95_ms|up_ms|valid_ms|down_ms|partial_ms|excluded_ms)\b/,
    may: [...WORDED, ...DESCRIBED],
  },
  {
    what: 'its own decimals',
    form: /\.toFixed\(|\.toPrecision\(/,
    may: [...WORDED, 'messages/formats.ts'],
  },
];

/** Files that print a number of a measurement by themselves, and what they do. */
function printers(tree: Tree): string[] {
  return Object.entries(tree)
    .filter(([path]) => SHOWN.test(path) && !CATALOGUES.test(path))
    .flatMap(([path, text]) =>
      RULES.filter(({ form, may }) => !may.includes(path) && form.test(text)).map(
        ({ what }) => `${path}: ${what}`,
      ),
    );
}

/** Placeholders that only a number of a measurement fills. */
const MEASURED = /\{(percent|share|median|p95|bad|raw)\}/;

/** These say n and window themselves, or are of this machine. */
const COMPLETE = ['note.some_users_affected', 'note.some_own_affected'];
const OF_OURS = ['own_detail.space_left'];

function messagesBeside(catalogue: Readonly<Record<string, string>>): string[] {
  return Object.entries(catalogue)
    .filter(([key, message]) => MEASURED.test(message) && !key.startsWith('figure.'))
    .filter(([key]) => ![...COMPLETE, ...OF_OURS].includes(key))
    .map(([key]) => key);
}

it('numbers of what was measured are put into words in one place', () => {
  expect(printers(PRODUCT)).toEqual([]);
});

describe.each([
  ['zh-CN', zhCN],
  ['en', en],
  ['ja', ja],
] as const)('the messages in %s', (_, catalogue) => {
  it('have such numbers among the figures only', () => {
    expect(messagesBeside(catalogue)).toEqual([]);
  });
  it.each(COMPLETE)('%s says n and window', (key) => {
    const message = (catalogue as Record<string, string>)[key] ?? '';
    for (const part of ['{n}', '{window}', '{bad}']) expect(message).toContain(part);
  });
});

describe('the rule itself', () => {
  it.each([
    ['status-page/public/views/a.ts', "words.text('figure.available')", 'words of a figure'],
    ['notify/rendering/a.ts', 'const p = percent(it);', 'a figure of its own'],
    ['status-page/api/v1/a.ts', 'return { p95: it.p95_ms };', 'a number without its figure'],
    ['channels/a.ts', 'const { down_ms } = it;', 'a number without its figure'],
    ['status-page/web/views/a.ts', 'share.toFixed(2)', 'its own decimals'],
  ])('catches %s: %s', (path, text, what) => {
    expect(printers({ [path]: text })).toEqual([`${path}: ${what}`]);
  });
  it.each([
    ['messages/figures.ts', "words.text('figure.n')"],
    ['messages/en/page.ts', "'figure.n': 'n = {n}'"],
    ['model/figures.ts', 'up_ms / valid_ms'],
    ['status-page/overview/history.ts', 'down_ms: 0'],
    ['collector/upkeep/a.ts', 'median_ms'],
  ])('lets %s pass: %s', (path, text) => {
    expect(printers({ [path]: text })).toEqual([]);
  });
  it('catches a message with such a number beside the figures', () => {
    const beside = { 'bars.now': '{percent} available', 'figure.x': '{percent}', 'page.n': '{n}' };
    expect(messagesBeside(beside)).toEqual(['bars.now']);
  });
});
