import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';
import { textsWithin } from '../../status-page/visible-text.ts';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode;

/** A text somebody reads, and what it stands with. */
export interface PlacedText {
  /** Where, for people. */
  place: string;
  text: string;
  /** Of a function. */
  component: string | null;
  /** On the page, in a row or in an entry of an incident or a maintenance. */
  incident: string | null;
  maintenance: string | null;
}

type Scope = Omit<PlacedText, 'text'>;

/** An incident as the v2 API tells it. */
export interface ToldIncident {
  id: string;
  name: string;
  status: string;
  created_at: string;
  started_at: string;
  monitoring_at: string | null;
  resolved_at: string | null;
  incident_updates: { status: string; body: string; created_at: string }[];
  components: { id: string }[];
}

export const NOWHERE = { component: null, incident: null, maintenance: null };

/** Everything that is told in the documents of an instant, by path. */
export function textsOf(documents: ReadonlyMap<string, string>): PlacedText[] {
  return [...documents].flatMap(([path, text]) => {
    if (path.endsWith('.atom')) return path.startsWith('/zh-CN/') ? textsOfFeed(text) : [];
    if (path.endsWith('.rss') || path.endsWith('history.json')) return [];
    if (path.endsWith('.ics')) return path.startsWith('/zh-CN/') ? textsOfCalendar(text) : [];
    if (path === '/zh-CN/api/v2/incidents.json')
      return textsOfV2(JSON.parse(text).incidents, 'incident');
    if (path === '/zh-CN/api/v2/scheduled-maintenances.json')
      return textsOfV2(JSON.parse(text).scheduled_maintenances, 'maintenance');
    if (path === '/zh-CN/api/v2/components.json')
      return textsOfComponents(JSON.parse(text).components);
    return path.includes('/api/') ? [] : textsOfPage(path, text);
  });
}

function textsOfPage(path: string, html: string): PlacedText[] {
  const [kind, id = null] = path.split('/');
  const scope = {
    place: kind === '' ? 'front page' : `page of ${kind}`,
    component: null,
    incident: kind === 'incidents' ? id : null,
    maintenance: kind === 'maintenances' ? id : null,
  };
  const texts: PlacedText[] = [];
  collect(parse(html).childNodes, scope, texts);
  return texts;
}

/** Rows and articles that are about one thing, and what is around them. */
function collect(nodes: readonly Node[], scope: Scope, texts: PlacedText[]): void {
  const around = nodes.filter((it) => !hasParts(it));
  add(around, scope, texts);
  for (const node of nodes) {
    if (!hasParts(node)) continue;
    collect(node.childNodes, scopeOf(node, scope), texts);
  }
}

function add(nodes: readonly Node[], scope: Scope, texts: PlacedText[]): void {
  for (const text of textsWithin(nodes)) texts.push({ ...scope, text });
}

/** Whether it is, or has in it, something that is told apart. */
function hasParts(node: Node): node is Element {
  if (!('tagName' in node)) return false;
  if (node.tagName === 'html' || node.tagName === 'body' || isPart(node)) return true;
  return node.childNodes.some(hasParts);
}

function isPart(element: Element): boolean {
  const [of, id] = [attribute(element, 'class').split(' '), attribute(element, 'id')];
  if (element.tagName === 'tr') return true;
  const is_row = element.tagName === 'li' || element.tagName === 'article';
  return (
    of.includes('component') || id.endsWith('-history') || (is_row && linkIn(element) !== null)
  );
}

function scopeOf(element: Element, scope: Scope): Scope {
  if (!isPart(element)) return scope;
  if (element.tagName === 'tr') return { ...scope, place: `${scope.place}, table` };
  if (attribute(element, 'class').split(' ').includes('component'))
    return { ...scope, component: attribute(element, 'id') };
  if (attribute(element, 'id').endsWith('-history')) return scope;
  const [, kind, id = null] =
    /\/(incidents|maintenances)\/([a-z0-9]+)/.exec(linkIn(element) ?? '') ?? [];
  return kind === 'incidents' ? { ...scope, incident: id } : { ...scope, maintenance: id };
}

/** The address of the only thing that is linked in it. */
function linkIn(element: Element): string | null {
  const links = element.childNodes.flatMap((it): string[] => {
    if (!('tagName' in it)) return [];
    const href = attribute(it, 'href');
    if (it.tagName === 'a' && /\/(incidents|maintenances)\//.test(href)) return [href];
    const within = linkIn(it);
    return within === null ? [] : [within];
  });
  return links[0] ?? null;
}

function attribute({ attrs }: Element, name: string): string {
  return attrs.find((it) => it.name === name)?.value ?? '';
}

function textsOfFeed(atom: string): PlacedText[] {
  const [head = '', ...entries] = atom.split('<entry>');
  const title = /<title>([^<]*)<\/title>/.exec(head)?.[1] ?? '';
  return [
    { ...NOWHERE, place: 'feed', text: title },
    ...entries.flatMap((entry) => {
      const [, kind, id = null] =
        /(incidents|maintenances|own-troubles)\/([a-z0-9-]+)</.exec(entry) ?? [];
      const scope = {
        place: 'feed',
        component: null,
        incident: kind === 'incidents' ? id : null,
        maintenance: kind === 'maintenances' ? id : null,
      };
      const [, entitled = ''] = /<title type="html"><!\[CDATA\[(.*?)\]\]>/s.exec(entry) ?? [];
      const [, content = ''] = /<content type="html"><!\[CDATA\[(.*?)\]\]>/s.exec(entry) ?? [];
      const texts = textsWithin(parseFragment(content.replaceAll('<br>', '<p>')).childNodes);
      return [entitled, ...texts].map((text) => ({ ...scope, text }));
    }),
  ];
}

function textsOfCalendar(calendar: string): PlacedText[] {
  const unfolded = calendar.replace(/\r\n /g, '');
  return unfolded.split('BEGIN:VEVENT').flatMap((event, i) => {
    const id = /^UID:([a-z0-9]+)@/m.exec(event)?.[1] ?? null;
    const told = [...event.matchAll(/^(?:NAME|SUMMARY|DESCRIPTION):(.*)$/gm)];
    const lines = told.flatMap(([, it = '']) => it.trim().split('\\n'));
    const texts = lines.map((it) => it.replace(/\\([,;\\])/g, '$1'));
    const scope = { ...NOWHERE, place: 'calendar', maintenance: i === 0 ? null : id };
    return texts.map((text) => ({ ...scope, text }));
  });
}

function textsOfV2(list: readonly ToldIncident[], kind: 'incident' | 'maintenance'): PlacedText[] {
  return list.flatMap(({ id, name, incident_updates }) => {
    const scope = { ...NOWHERE, place: 'v2', [kind]: id };
    const bodies = incident_updates.flatMap(({ body }) => body.split('\n'));
    return [name, ...bodies].map((text) => ({ ...scope, text }));
  });
}

function textsOfComponents(
  components: readonly { id: string; name: string; description: string | null }[],
): PlacedText[] {
  return components.flatMap(({ id, name, description }) =>
    [name, description ?? ''].map((text) => ({
      ...NOWHERE,
      place: 'v2',
      component: id.includes('.') ? id : null,
      text,
    })),
  );
}

/** What a message tells, in its mail and in its webhook. */
export function textsOfMessage(mail: { subject: string; text: string }, webhook: ToldWebhook) {
  const { title, text, facts, incident, maintenance, alert } = webhook.data;
  const scope = {
    component: alert?.subject.includes('.') ? alert.subject : null,
    incident: incident?.id ?? null,
    maintenance: maintenance?.id ?? null,
  };
  const lines = [mail.subject, ...mail.text.split('\n')].map((it) => it.trim());
  const of_webhook = [title, ...text.split('\n'), ...facts.map((it) => `${it.name}：${it.text}`)];
  return [
    ...lines.filter((it) => it !== '').map((it) => ({ ...scope, place: 'mail', text: it })),
    ...of_webhook.map((it) => ({ ...scope, place: 'webhook', text: it })),
  ];
}

/** What of the body of a webhook is read. */
export interface ToldWebhook {
  data: {
    title: string;
    text: string;
    facts: { name: string; text: string }[];
    incident?: {
      id: string;
      components: string[];
      status: string;
      started_at: string;
      resolved_at: string | null;
    };
    maintenance?: { id: string };
    alert?: {
      id: string;
      subject: string;
      kind: string;
      since: string;
      resolved_at: string | null;
    };
  };
}
