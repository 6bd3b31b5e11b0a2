import { render, type TemplateResult } from 'lit/html.js';

/**
 * A part of the page rendered by the server and updated by the browser: it keeps the server's
 * children until the first `show`, then renders that instead, with the same details open. In light
 * DOM, so that the page's style sheet applies. No LitElement, which would add 2 kB to the first
 * view and batches updates that come one at a time.
 */
export class LivePart extends HTMLElement {
  #is_shown = false;

  show(content: TemplateResult): void {
    const open = this.#is_shown ? [] : this.#openDetails();
    if (!this.#is_shown) this.replaceChildren();
    this.#is_shown = true;
    // The other parts go on with what they are told.
    try {
      render(content, this);
    } catch (err) {
      reportError(err);
    }
    for (const it of this.querySelectorAll('details')) it.open ||= open.includes(it.className);
  }

  #openDetails(): string[] {
    return [...this.querySelectorAll('details[open]')].map(({ className }) => className);
  }
}
