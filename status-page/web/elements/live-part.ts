import { LitElement, nothing, type TemplateResult } from 'lit';

/**
 * A part of the page rendered by the server and updated by the browser: it keeps the server's
 * children until the first `content`, then renders that instead, with the same details open. In
 * light DOM, so that the page's style sheet applies.
 */
export class LivePart extends LitElement {
  static override properties = { content: { attribute: false } };
  declare content: TemplateResult | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override shouldUpdate(): boolean {
    return this.content !== undefined;
  }

  protected override willUpdate(): void {
    if (this.hasUpdated) return;
    const open = [...this.querySelectorAll('details[open]')].map(({ className }) => className);
    this.replaceChildren();
    void this.updateComplete.then(() => {
      for (const it of this.querySelectorAll('details')) it.open ||= open.includes(it.className);
    });
  }

  protected override render(): unknown {
    return this.content ?? nothing;
  }
}
