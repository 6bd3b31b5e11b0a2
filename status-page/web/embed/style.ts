import { css } from 'lit';

/**
 * Nothing of the page around it reaches in: declarations that are important win over important
 * ones of the page (CSS Cascade 5 §6.1), and what is inherited begins anew. Its size is reserved.
 */
export const EMBED_STYLE = css`
  :host {
    all: initial !important;
    display: inline-block !important;
    box-sizing: border-box !important;
    inline-size: 352px !important;
    max-inline-size: 100% !important;
    min-block-size: 104px !important;
    vertical-align: middle !important;
    direction: ltr !important;
    unicode-bidi: isolate !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  .box {
    --card: #fff;
    --ink: #1c1f23;
    --soft: #59606a;
    --line: #e2dfd7;
    --accent: #1f4e8c;
    --ok: #1a7047;
    --slow: #8a5000;
    --down: #b3261e;
    --planned: #2b59c3;
    --unknown: #5f6773;
    position: relative;
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 12px;
    align-items: center;
    box-sizing: border-box;
    min-block-size: 104px;
    padding: 12px 14px;
    border: 1px solid var(--line);
    border-inline-start: 4px solid currentColor;
    border-radius: 8px;
    background: var(--card);
    color: var(--unknown);
    color-scheme: light dark;
    font: 400 13px/1.5 system-ui, sans-serif;
    text-align: start;
  }
  @media (prefers-color-scheme: dark) {
    .box {
      --card: #1b1f24;
      --ink: #eceae4;
      --soft: #a7aeb8;
      --line: #30363d;
      --accent: #9cc3f5;
      --ok: #6fcf9b;
      --slow: #f0b95b;
      --down: #ff8f85;
      --planned: #9db9ff;
      --unknown: #a0a8b3;
    }
  }
  .is-operational {
    color: var(--ok);
  }
  .is-degraded {
    color: var(--slow);
  }
  .is-partial,
  .is-major {
    color: var(--down);
  }
  .is-maintenance {
    color: var(--planned);
  }
  .icon {
    inline-size: 30px;
    block-size: 30px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon .solid {
    fill: currentColor;
  }
  .icon .cut {
    stroke: var(--card);
  }
  .icon .dashed {
    stroke-dasharray: 2.4 2;
  }
  p {
    min-block-size: 1lh;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .name {
    color: var(--ink);
  }
  .state {
    font-size: 17px;
    font-weight: 600;
    line-height: 1.35;
  }
  .note {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    color: var(--soft);
    font-size: 12px;
  }
  a {
    margin-inline-start: auto;
    color: var(--accent);
    text-underline-offset: 2px;
    white-space: nowrap;
  }
  a:focus-visible {
    outline: 2px solid currentColor;
    outline-offset: 2px;
  }
`;
