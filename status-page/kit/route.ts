import type { Handler } from 'hono';
import type { Method } from '../../http/methods.ts';

/** Kinds of routes. */
export type RouteKind =
  /** The prerendered front page. */
  | 'document'
  | 'page'
  /** A page with a form, or its target. */
  | 'form'
  | 'api'
  | 'feed'
  /** Shown on pages of other sites. */
  | 'outside'
  /** Its URL changes with its content. */
  | 'asset'
  /** Standard files of web sites. */
  | 'file'
  | 'live'
  | 'redirect'
  /** Resources of the demo's pages. */
  | 'demo';

/** A route of the public server. `:lang` is one of the page's languages, `:id` any name. */
export interface Address {
  path: string;
  /** HEAD is implied by GET, OPTIONS by any. */
  methods: readonly Method[];
  kind: RouteKind;
  /** The folder with the handler. */
  wing: string;
  /** Whether it bypasses the guard of its wing. */
  is_open: boolean;
}

/** Handlers by method; several form a chain. */
export type Handlers = Partial<Record<Method, Handler | Handler[]>>;
