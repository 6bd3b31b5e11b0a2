import type { Handler } from 'hono';
import type { Method } from '../../http/methods.ts';

/** What stands at an address. */
export type RouteKind =
  /** The front page, ready in memory. */
  | 'document'
  | 'page'
  /** A page with a form, or what takes one. */
  | 'form'
  | 'api'
  | 'feed'
  /** Its address changes with its content. */
  | 'asset'
  /** Of any web site. */
  | 'file'
  | 'live'
  | 'redirect'
  /** What only the pages of the demo ask for. */
  | 'demo';

/** An address of the public server. `:lang` is one of the page's languages, `:id` any name. */
export interface Address {
  path: string;
  /** HEAD goes with GET, and OPTIONS with everything. */
  methods: readonly Method[];
  kind: RouteKind;
  /** The folder that answers. */
  wing: string;
}

/** What an address does, by method; of several handlers each lets the next one answer. */
export type Handlers = Partial<Record<Method, Handler | Handler[]>>;
