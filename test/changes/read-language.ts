import { join } from 'node:path';
import { renderEmail } from '../../channels/email/content.ts';
import type { Message } from '../../channels/kit/message.ts';
import { loadPageWords } from '../../messages/page.ts';
import { LOCALES } from '../../model/vocabulary.ts';
import { createRecipients } from '../../notify/recipients.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openSigner } from '../../platform/signer.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { formFields, openBrowser } from '../status-page/admin/browser.ts';
import { aPlan, call } from '../status-page/admin/office.ts';
import { ask } from '../status-page/request.ts';
import { fakeClock, NOW, siteConfiguration, startPage, ZONE } from '../status-page/site.ts';

/**
 * Reads a site's folder, in which a subscriber and a maintenance were written before, in one
 * language of this code: `node read-language.ts FOLDER LOCALE SUBSCRIBER MAINTENANCE`. Writes what
 * was read as JSON.
 */

/** What a person writes in it. */
const WRITTEN = '점검';

const [folder = '', locale = '', subscriber_id = '', maintenance_id = ''] = process.argv.slice(2);
const configuration = siteConfiguration();
const path = join(folder, 'test.db');
const [store, reader] = [await openStore({ path }), await openStoreReader({ path })];
const signer = openSigner(folder);
const site = { store, reader, configuration, signer, data_dir: folder, close: async () => {} };
const page = await startPage({ site, clock: fakeClock() });
const get = async (below: string) => (await ask(`${page.url}/${locale}/${below}`)).text;

const recipients = createRecipients({ store, operators: [], page: configuration.page, signer });
const recipient = () => recipients.find({ id: subscriber_id, channel: 'email' });

const before = await recipient();
const manage = new URL(before?.links?.manage ?? '');
const chosen = await ask(page.url + manage.pathname + manage.search, {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: `scope=all&kinds=incident&kinds=maintenance&locale=${locale}`,
});
const to = await recipient();
const maintenance = await store.maintenance(maintenance_id);
const update = maintenance?.updates[0];
if (!to || !update) throw new Error('There is nobody to tell, or nothing to tell of');
const message: Message = {
  delivery_id: 'd00000000001',
  notice: {
    id: 'n00000000001',
    kind: 'maintenance_announced',
    ref: maintenance_id,
    update: update.id,
    created_at: NOW,
  },
  payload: { subject: 'maintenance', maintenance, update, said: [update] },
  to,
};
const { announcement, words } = createRender(configuration, signer)(message);

// An administrator writes in it, by the API and in the form.
const token = await store.renewAdminToken();
const plan = aPlan({ announce: true });
Object.assign(plan.texts.title, { [locale]: WRITTEN });
const written = await call({ url: page.url, token }, 'POST', '', plan);
const browser = openBrowser(page);
await browser.signIn(token);
const edit = await browser.get(`/admin/${locale}/maintenances/${written.json.id}/edit`);

const words_of_browser = await loadPageWords({
  locale: words.locale,
  zone: ZONE,
  now: Date.now,
});
process.stdout.write(
  JSON.stringify({
    languages: LOCALES,
    language_before: before?.locale,
    chosen: chosen.status,
    language: to.locale,
    manage: to.links?.manage,
    front: await get(''),
    maintenance: await get(`maintenances/${maintenance_id}`),
    written: { status: written.status, text: await get(`maintenances/${written.json.id}`) },
    edit: formFields(edit.text, `/admin/${locale}/maintenances/${written.json.id}/edit`),
    form: await get('subscribe'),
    feed: await get('history.atom'),
    calendar: await get('maintenance.ics'),
    mail: renderEmail({ message, announcement, words, page: configuration.page }),
    browser: [words_of_browser.text('state.operational'), words_of_browser.text('state.unknown')],
  }),
);
await page.stop();
await reader.close();
await store.close();
