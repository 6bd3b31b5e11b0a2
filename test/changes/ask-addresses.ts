import { openBrowser } from '../status-page/admin/browser.ts';
import { openOffice } from '../status-page/admin/office.ts';
import { ask } from '../status-page/request.ts';

/**
 * Asks for addresses of this code, each as somebody who has not signed in, with the token, and
 * signed in as an administrator: `node ask-addresses.ts PATH…`. Writes the answers as JSON.
 */

const office = await openOffice();
const browser = openBrowser(office);
await browser.signIn(office.token);
const authorization = `Bearer ${office.token}`;
const answers = await Promise.all(
  process.argv.slice(2).map(async (path) => {
    const url = office.url + path;
    const all = await Promise.all([
      ask(url),
      ask(url, { headers: { authorization } }),
      browser.get(path),
      ask(url, { method: 'DELETE' }),
    ]);
    return all.map(({ status, text, headers }) => ({ status, text, allow: headers.allow ?? null }));
  }),
);
await office.close();
process.stdout.write(JSON.stringify(answers));
