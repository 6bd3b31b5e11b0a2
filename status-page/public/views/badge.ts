import { createHash } from 'node:crypto';
import { xmlText } from '../../../http/html.ts';
import type { Locale, State } from '../../../model/vocabulary.ts';
import { renderHtml } from '../../kit/html.ts';
import { STATE_CLASS, stateIcon } from '../../web/views/icons.ts';
import { shortened, textWidthEm } from '../text-width.ts';

/** What a badge says. */
export interface BadgeParts {
  locale: Locale;
  /** System and function. */
  name: string;
  state: State;
  /** The state in words; never shortened. */
  word: string;
  /** Who measures. */
  who: string;
}

const FONT_PX = 13;
const HEIGHT_PX = 28;
const PADDING_PX = 10;
const ICON_PX = 14;
const GAP_PX = 6;
/** Longer names end with an ellipsis; all of it is in the title. */
const MAX_NAME_EM = 26;

/** Colours as in tokens.css: of the words, and behind them. */
const LIGHT: Readonly<Record<State, readonly [word: string, behind: string]>> = {
  operational: ['#1a7047', '#eef5f0'],
  degraded_performance: ['#8a5000', '#fbf3e2'],
  partial_outage: ['#b3261e', '#fcecea'],
  major_outage: ['#b3261e', '#fcecea'],
  under_maintenance: ['#2b59c3', '#eaf0fd'],
  unknown: ['#5f6773', '#f0f0ee'],
};
const DARK: typeof LIGHT = {
  operational: ['#6fcf9b', '#18251f'],
  degraded_performance: ['#f0b95b', '#2a2317'],
  partial_outage: ['#ff8f85', '#2e1c1b'],
  major_outage: ['#ff8f85', '#2e1c1b'],
  under_maintenance: ['#9db9ff', '#1a2236'],
  unknown: ['#a0a8b3', '#22262b'],
};

function rules(colours: typeof LIGHT): string {
  return Object.entries(colours)
    .map(([state, [word, behind]]) => {
      const name = `.${STATE_CLASS[state as State]}`;
      return `${name}{color:${word}}${name} .behind{fill:${behind}}${name} .cut{stroke:${behind}}`;
    })
    .join('');
}

/** The same in every badge, so that the policy below names it by its digest. */
const STYLE =
  `.word{font-weight:600;fill:currentColor}${rules(LIGHT)}` +
  '.card{fill:#fff}.edge{fill:none;stroke:#e2dfd7}.name{fill:#1c1f23}' +
  '.icon{fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;' +
  'stroke-linejoin:round}.solid{fill:currentColor}' +
  '.dashed{stroke-dasharray:2.4 2}' +
  `@media (prefers-color-scheme:dark){${rules(DARK)}` +
  '.card{fill:#1b1f24}.edge{stroke:#30363d}.name{fill:#eceae4}}';

/** Nothing runs, nothing is loaded, and of styles only the one above. */
export const BADGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Fonts by language would be another style; `lang` chooses among those of the system. */
const FONT = `font-family="system-ui,sans-serif" font-size="${FONT_PX}"`;

/** An image with the state of a component in words and by its shape, as SVG. */
export function badge({ locale, name, state, word, who }: BadgeParts): string {
  const shown = shortened(name, MAX_NAME_EM);
  const [name_px, word_px] = [widthPx(shown), widthPx(word) * BOLD];
  const state_x = PADDING_PX + name_px + PADDING_PX;
  const icon_x = state_x + PADDING_PX;
  const word_x = icon_x + ICON_PX + GAP_PX;
  const width = Math.ceil(word_x + word_px + PADDING_PX);
  const title = xmlText([name, word, who].join(' · '));
  const baseline = HEIGHT_PX / 2 + FONT_PX * 0.36;
  const text = (it: string, x: number, px: number, of: string) =>
    `<text class="${of}" x="${round(x)}" y="${round(baseline)}" textLength="${round(px)}" ` +
    `lengthAdjust="spacingAndGlyphs">${xmlText(it)}</text>`;
  const size = `width="${width}" height="${HEIGHT_PX}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${HEIGHT_PX}" ` +
    `role="img" aria-labelledby="title" lang="${locale}" xml:lang="${locale}" ` +
    `class="${STATE_CLASS[state]}" ${FONT}><title id="title">${title}</title>` +
    `<style>${STYLE}</style><clipPath id="round"><rect ${size} rx="6"/></clipPath>` +
    `<g clip-path="url(#round)"><rect class="card" ${size}/>` +
    `<rect class="behind" x="${round(state_x)}" width="${round(width - state_x)}" ` +
    `height="${HEIGHT_PX}"/></g>` +
    `<rect class="edge" x=".5" y=".5" width="${width - 1}" height="${HEIGHT_PX - 1}" rx="5.5"/>` +
    text(shown, PADDING_PX, name_px, 'name') +
    `<svg x="${round(icon_x)}" y="${(HEIGHT_PX - ICON_PX) / 2}" width="${ICON_PX}" ` +
    `height="${ICON_PX}">${iconOf(state)}</svg>${text(word, word_x, word_px, 'word')}</svg>`
  );
}

/** How much wider bold letters are. */
const BOLD = 1.04;

function widthPx(text: string): number {
  return textWidthEm(text) * FONT_PX;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

const icons = new Map<State, string>();

function iconOf(state: State): string {
  const made = icons.get(state) ?? renderHtml(stateIcon(state));
  icons.set(state, made);
  return made;
}
