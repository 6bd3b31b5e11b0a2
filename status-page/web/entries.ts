/** Entry points by name: bundled by Vite, hashed and compressed. */

export const SCRIPTS = {
  /** Keeps a page up to date, or says that it is not. */
  page: 'main.ts',
  /** Copies texts. */
  copy: 'copy.ts',
} as const;
export type ScriptName = keyof typeof SCRIPTS;

/** The element for pages of other sites: one file at a fixed address, which loads no other. */
export const EMBED = { source: 'embed.ts', file: 'embed.js' } as const;

export const STYLES = {
  /** Of every page except the demo's front page; all that a front page needs. */
  page: 'styles/page.css',
  /** Of articles. */
  article: 'styles/article.css',
  forms: 'styles/forms.css',
  admin: 'styles/admin.css',
  demo: 'styles/demo.css',
  /** Of the demo's front page: `page` and the bar above it. */
  demo_front: 'styles/demo-front.css',
} as const;
export type StyleName = keyof typeof STYLES;
