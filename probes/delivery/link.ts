import { type FileFormat, FORMATS } from '../../model/vocabulary.ts';

/** A link as it was received, and what is known of it besides. */
export interface LinkEntry {
  url: string;
  number?: string | undefined;
  format?: FileFormat | undefined;
}

/**
 * What a delivery link is: the QR page of the tax bureau, from which the file is reached in steps,
 * or the address of a file, at the bureau or a provider.
 */
export type DeliveryLink = PageLink | FileLink;

export interface PageLink {
  kind: 'page';
  url: URL;
  /** `cs`: 2, the number, 14 digits of a time, and a tail of 8 or 9 characters. */
  ticket: string;
  number: string;
}

export interface FileLink {
  kind: 'file';
  url: URL;
  /** null when the link does not contain it. */
  number: string | null;
  /** null: any, because the link names the format. */
  format: FileFormat | null;
}

/** The length of the tail has changed once and is not fixed here. */
const TICKET = /^2_(\d{20})_\d{14}[\w-]+$/;
const PAGE = /\/v\/([^/]+)$/;
const QR_PAGE = /\/qrcode$/;
const EXPORT = /\/exportDzfpwjEwm$/i;

export function readLink({ url: text, ...given }: LinkEntry): DeliveryLink {
  const url = new URL(text);
  const ticket = ticketIn(url);
  const [, number] = (ticket && TICKET.exec(ticket)) || [];
  if (ticket !== null && number !== undefined) return { kind: 'page', url, ticket, number };
  const { number: named = null, format = null } = { ...NOTHING_GIVEN, ...given };
  return EXPORT.test(url.pathname)
    ? { kind: 'file', url, number: named ?? numberIn(url), format: null }
    : { kind: 'file', url, number: named, format: format ?? formatOf(url) };
}

/**
 * The same for addresses that lead to the same: whatever the format asked of the bureau, the order
 * of parameters there, and what follows `#`. As secret as the link.
 */
export function linkIdentity(link: DeliveryLink): string {
  const { host, pathname, search, searchParams } = link.url;
  if (link.kind === 'page') return `${host} ${link.ticket}`;
  if (link.format !== null) return `${host}${pathname}${search}`;
  const kept = [...searchParams].filter(([name]) => name.toLowerCase() !== 'wjgs');
  return `${host}${pathname} ${JSON.stringify(kept.toSorted())}`;
}

/** Why a check cannot download this format by the link; null when it can. */
export function formatProblem(link: DeliveryLink, asked: FileFormat): string | null {
  if (link.kind === 'page' || link.format === null || link.format === asked) return null;
  return `is ${asked}, but the link delivers ${link.format}; name the format of another link`;
}

/** The address of the file in this format, the rest of the link as it was received. */
export function fileAddress({ url, format }: FileLink, asked: FileFormat): URL {
  if (format !== null) return url;
  const next = new URL(url);
  const wanted = (as_written: string) =>
    /^[a-z]+$/.test(as_written) ? asked : asked.toUpperCase();
  next.search = WJGS.test(url.search)
    ? url.search.replace(WJGS, (_, name: string, value: string) => `${name}${wanted(value)}`)
    : `${url.search || '?'}${url.search ? '&' : ''}Wjgs=${asked.toUpperCase()}`;
  return next;
}

/** The format of the file ("文件格式"). */
const WJGS = /(?<=[?&])(wjgs=)([^&]*)/i;

const NOTHING_GIVEN: Pick<FileLink, 'number' | 'format'> = { number: null, format: null };

function ticketIn(url: URL): string | null {
  const cs = QR_PAGE.test(url.pathname) ? url.searchParams.get('cs') : PAGE.exec(url.pathname)?.[1];
  return cs !== undefined && cs !== null && TICKET.test(cs) ? cs : null;
}

/** Only the parameter that is the number: other addresses have long numbers too. */
function numberIn(url: URL): string | null {
  const [, number] = /[?&]fphm=(\d{20})(?:&|$)/i.exec(url.search) ?? [];
  return number ?? null;
}

/** Most providers send the address of the PDF. */
function formatOf(url: URL): FileFormat {
  return FORMATS.find((format) => url.pathname.toLowerCase().endsWith(`.${format}`)) ?? 'pdf';
}
