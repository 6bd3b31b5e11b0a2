import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { STATES } from '../../model/vocabulary.ts';
import { measuredText } from './embed/age.ts';
import { type EmbedReading, followState } from './embed/follow.ts';
import { EMBED_STYLE } from './embed/style.ts';
import { embeddedPath } from './embed/wire.ts';
import { embedText, localeOf } from './embed/words.ts';
import { STATE_CLASS, stateIcon } from './views/icons.ts';

const NAME = 'piaokuang-status';
/** Where this script came from. */
const OWN_ORIGIN = new URL(/* @vite-ignore */ '.', import.meta.url).href;

const NOTHING_YET: EmbedReading = { kind: 'asking', told: null, measured_ago_ms: null };

/**
 * `<piaokuang-status component="system.function">`, or `task="id"`: the state of one function or
 * task on a page of somebody else. `lang` by default that of the page around it, `src` the status
 * page that the script came from.
 */
class PiaokuangStatus extends LitElement {
  static override properties = {
    component: {},
    task: {},
    lang: {},
    src: {},
    reading: { state: true },
  };
  static override styles = EMBED_STYLE;
  declare component: string | undefined;
  declare task: string | undefined;
  declare src: string | undefined;
  declare reading: EmbedReading | undefined;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const is_other = ['component', 'task', 'src'].some((it) => changed.has(it));
    if (is_other || !this.hasUpdated) this.#follow();
  }

  #follow(): void {
    this.#stop?.();
    const is_named = this.#subject() !== '';
    this.reading = is_named ? NOTHING_YET : { ...NOTHING_YET, kind: 'missing' };
    if (!is_named || !this.isConnected) return;
    const address = new URL(embeddedPath(this.#subject()), this.#page()).href;
    this.#stop = followState(address, (reading) => {
      this.reading = reading;
    });
  }

  #subject(): string {
    return this.component || this.task || '';
  }

  /** Address of the status page, with a slash at its end. */
  #page(): string {
    const src = this.src || OWN_ORIGIN;
    const address = URL.canParse(src) ? src : OWN_ORIGIN;
    return address.endsWith('/') ? address : `${address}/`;
  }

  protected override render(): TemplateResult {
    const asked = this.closest<HTMLElement>('[lang]')?.getAttribute('lang') || navigator.language;
    const { kind, told, measured_ago_ms } = this.reading ?? NOTHING_YET;
    const wanted = localeOf(asked);
    const said = told?.texts.find(({ lang }) => lang === wanted) ?? told?.texts[0];
    const locale = said?.lang ?? wanted;
    const text = embedText(locale);
    const state = STATES.find((it) => kind === 'told' && it === told?.state) ?? 'unknown';
    const name = said?.name ?? text('embed.title');
    const anchor = this.component ? `#${encodeURIComponent(this.component)}` : '';
    const link = new URL(`${said ? `${said.lang}/` : ''}${anchor}`, this.#page()).href;
    const look = `box ${STATE_CLASS[state]}`;
    return html`<div class=${look} role="group" aria-label=${name} lang=${locale}>
      ${stateIcon(state)}
      <div>
        <p class="name">${name}</p>
        <p class="state" role="status">${kind === 'told' ? said?.state : text(`embed.${kind}`)}</p>
        <p class="note">${
          measured_ago_ms === null
            ? nothing
            : html`<span>${measuredText(measured_ago_ms, text)}</span>`
        }<a href=${link} target="_blank" rel="noopener">${text('embed.page')}</a></p>
        <p class="note">${said?.who}</p>
      </div>
    </div>`;
  }
}

// Another copy of this script may have been first.
if (customElements.get(NAME) === undefined) customElements.define(NAME, PiaokuangStatus);
