import { render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import type { TemplateResult } from 'lit';

/** Markers of lit for hydration, unused because browser elements rerender instead. */
const MARKS = /<!--\/?lit-(?:part|node)[^>]*-->|<\?>/g;
/** Indentation of the templates: between elements, and in a tag before an attribute. */
const INDENTATION = />\s*\n\s*/g;
const BROKEN_TAG = /<[a-z][^<>]*\n[^<>]*>/g;

/** Renders a template as HTML without lit's markers. */
export function renderHtml(template: TemplateResult): string {
  const html = collectResultSync(render(template));
  return html
    .replace(MARKS, '')
    .replace(INDENTATION, '>')
    .replace(BROKEN_TAG, (tag) => tag.replace(/\s*\n\s*/g, ' '));
}
