import { type Answer, ask } from '../request.ts';
import type { Office } from './office.ts';

/** As much of a browser as forms need: keeps the cookie, fills in and sends the form of a page. */
export interface Browser {
  get(path: string): Promise<Answer>;
  /**
   * Sends the form of a page that has this action, with some of its fields filled in or left out
   * (null).
   */
  submit(
    page: Answer,
    action: string,
    fields: Record<string, string | string[] | null>,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  signIn(token: string): Promise<Answer>;
  cookie: string;
}

export function openBrowser({ url }: Pick<Office, 'url'>): Browser {
  const browser: Browser = {
    cookie: '',
    async get(path) {
      return keep(await ask(url + path, { headers: { cookie: browser.cookie } }));
    },
    async submit(page, action, fields, headers = {}) {
      const body = new URLSearchParams();
      const sent = { ...formFields(page.text, action), ...fields };
      for (const [name, value] of Object.entries(sent)) {
        for (const it of [value ?? []].flat()) body.append(name, it);
      }
      return keep(
        await ask(url + action, {
          method: 'POST',
          headers: {
            cookie: browser.cookie,
            'content-type': 'application/x-www-form-urlencoded',
            'sec-fetch-site': 'same-origin',
            ...headers,
          },
          body: String(body),
        }),
      );
    },
    async signIn(token) {
      const page = await browser.get('/admin/en/sign-in');
      return browser.submit(page, '/admin/en/sign-in', { token });
    },
  };

  function keep(answer: Answer): Answer {
    const [cookie] = answer.headers['set-cookie'] ?? [];
    if (cookie !== undefined) browser.cookie = cookie.split(';')[0] ?? '';
    return answer;
  }
  return browser;
}

/** The fields of the form with this action as they stand on the page; of choices, the ticked. */
export function formFields(page: string, action: string): Record<string, string | string[]> {
  const [, after] = page.split(`action="${action}"`);
  const form = after?.split('</form>')[0];
  if (form === undefined) throw new Error(`There is no form with the action ${action}`);
  const fields: Record<string, string | string[]> = {};
  for (const [, attributes = ''] of form.matchAll(/<input([^>]*)>/g)) {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    const is_checked = / checked(=|\s|$)/.test(attributes);
    const is_list = of('type') === 'checkbox' || of('name') === 'components';
    if (['checkbox', 'radio'].includes(of('type')) && !is_checked) continue;
    fields[of('name')] = is_list
      ? [...[fields[of('name')] ?? []].flat(), of('value')]
      : decoded(of('value'));
  }
  for (const [, name = '', value = ''] of form.matchAll(
    /<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)<\/textarea>/g,
  )) {
    fields[name] = decoded(value);
  }
  return fields;
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };

function decoded(html: string): string {
  return html.replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => ENTITIES[name] ?? '');
}
