import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import type { ClientOf } from '../../http/client-address.ts';
import { negotiateLocale } from '../../http/negotiation.ts';
import { createWords } from '../../messages/catalogue.ts';
import type { Words } from '../../messages/index.ts';
import type { PageSettings } from '../../model/configuration.ts';
import { supportedLocale } from '../../model/languages.ts';
import type { Clock } from '../../model/ports.ts';
import { basePath } from '../../model/site-address.ts';
import type { Locale } from '../../model/vocabulary.ts';
import type { Documents } from './documents.ts';

/** What every page is rendered with, whoever requests it. */
export interface PageSite {
  page: PageSettings;
  documents: Documents;
  /** Documents of the Statuspage API, linked in the footer. */
  api_paths: readonly string[];
  clientOf: ClientOf;
  clock: Clock;
}

/** Variables of every request. */
export interface PageVariables extends Omit<PageSite, 'clientOf'> {
  /** Whose request it is, for limits. */
  client: string;
  /** Messages in the language of the path, else the negotiated one. */
  words: Words;
  /** Messages in this language if the page offers it, else in its first. */
  wordsIn(locale: Locale): Words;
}

export interface PageEnv {
  Bindings: HttpBindings;
  Variables: PageVariables;
}
/** Request context; `Path` declares the route parameters. */
export type PageContext<Path extends string = string> = Context<PageEnv, Path>;

/** Where a path names its language: /en/…, /admin/en/…. */
const NAMED_WITHIN = 3;

/** Middleware that sets them, for every request. */
export function setPageContext(site: PageSite): MiddlewareHandler<PageEnv> {
  const { page, documents, api_paths, clientOf, clock } = site;
  const base_path = basePath(page.public_url);
  const words = new Map(
    page.languages.map((locale) => [
      locale,
      createWords({ locale, zone: page.zone, now: clock.now, base_path }),
    ]),
  );
  const wordsIn = (locale: Locale) => words.get(supportedLocale(locale, page.languages)) as Words;
  return (c, next) => {
    // Also of an address that nothing is at.
    const named = c.req.path.toLowerCase().split('/', NAMED_WITHIN);
    const locale =
      page.languages.find((it) => named.includes(it.toLowerCase())) ??
      negotiateLocale(c.req.header('accept-language'), page.languages);
    c.set('words', wordsIn(locale));
    c.set('wordsIn', wordsIn);
    c.set('page', page);
    c.set('documents', documents);
    c.set('api_paths', api_paths);
    c.set('clock', clock);
    c.set('client', clientOf(c.env.incoming));
    return next();
  };
}
