import { LitElement, nothing, type TemplateResult } from 'lit';

/**
 * A part of the page that the server wrote and the browser renews: it keeps the server's children
 * until the first `content` comes, then renders that in their place. In light DOM, so the page's
 * one style sheet applies.
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
    if (!this.hasUpdated) this.replaceChildren();
  }

  protected override render(): unknown {
    return this.content ?? nothing;
  }
}
