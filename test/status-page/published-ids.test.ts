import ICAL from 'ical.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { publishedIdentity, uuidWithin } from '../../status-page/public/feeds/identity.ts';
import { migrate, readMigrations } from '../../store/sqlite/migrations.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { editFile, temporaryPath } from '../store/temporary.ts';
import { aMaintenance, saveMaintenance } from './maintenances.ts';
import { ask } from './request.ts';
import { breakDownload, fakeClock, openSite, siteConfiguration, startPage } from './site.ts';

const INSTALLATION = '0123456789abcdef0123456789abcdef';

// By uuid.uuid5 of Python 3.11.
test.each([
  ['history', '605e55f5-a43b-56a8-b5c0-44e181bfe9dd'],
  ['incidents/abc123def456', '105965c4-c1e0-5d4c-b22c-4588da441702'],
  ['maintenances/mnt000000001', '0b6b690d-c4c3-5436-84e3-fe550910d1e1'],
])('O10: the id of %s is its UUID within the installation', (name, uuid) => {
  expect(uuidWithin(INSTALLATION, name)).toBe(uuid);
  expect(publishedIdentity(INSTALLATION).uri(name)).toBe(`urn:uuid:${uuid}`);
});

test('O10: ids that hold an address are as they were', () => {
  const identity = publishedIdentity('https://status.example.invalid/below');
  expect(identity.uri('incidents/a')).toBe('tag:status.example.invalid,2026:incidents/a');
  expect(identity.calendarUid('a')).toBe('a@status.example.invalid');
});

describe('O10: what an installation is published as', () => {
  test('is its id, wherever its page is', async () => {
    const store = await openStore({ path: temporaryPath() });
    onTestFinished(() => store.close());
    const id = await store.installation();
    expect(await store.publishedAs('https://one.example.invalid')).toBe(id);
    expect(await store.publishedAs('https://two.example.invalid')).toBe(id);
  });

  test('is the address it had, of one that published before', async () => {
    const path = temporaryPath();
    const before = readMigrations().filter(({ name }) => name < '0030');
    editFile(path, (handle) => {
      migrate(handle, before);
      handle.exec(`insert into installation (one, id) values (1, '${INSTALLATION}')`);
    });
    for (const address of ['https://one.example.invalid', 'https://two.example.invalid']) {
      const store = await openStore({ path });
      expect(await store.publishedAs(address)).toBe('https://one.example.invalid');
      expect(await store.installation()).toBe(INSTALLATION);
      await store.close();
    }
  });
});

test('O10: a page that moves keeps the ids of its feeds, calendar and v2 API', async () => {
  const ids = [];
  for (const public_url of ['https://one.example.invalid', 'https://two.example.invalid']) {
    const configuration = siteConfiguration();
    configuration.page.public_url = public_url;
    const site = await openSite(configuration);
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
    const page = await startPage({ site, clock: fakeClock(), published_as: INSTALLATION });
    const text = async (path: string) => (await ask(`${page.url}${path}`)).text;
    const atom = await text('/history.atom');
    const calendar = new ICAL.Component(ICAL.parse(await text('/maintenance.ics')));
    ids.push({
      atom: [...atom.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id),
      rss: [...(await text('/history.rss')).matchAll(/<guid[^>]*>(.*?)</g)].map(([, id]) => id),
      json: JSON.parse(await text('/history.json')).items.map((it: { id: string }) => it.id),
      events: calendar.getAllSubcomponents('vevent').map((it) => it.getFirstPropertyValue('uid')),
      v2: JSON.parse(await text('/api/v2/status.json')).page.id,
    });
    await page.stop();
    await site.close();
  }
  const incident = 'urn:uuid:105965c4-c1e0-5d4c-b22c-4588da441702';
  const maintenance = '0b6b690d-c4c3-5436-84e3-fe550910d1e1';
  expect(ids[0]).toMatchObject({
    atom: ['urn:uuid:605e55f5-a43b-56a8-b5c0-44e181bfe9dd', incident, `urn:uuid:${maintenance}`],
    events: [maintenance],
  });
  expect(ids[0]?.json).toEqual(ids[0]?.atom.slice(1));
  expect(ids[0]?.rss).toEqual(ids[0]?.json);
  expect(ids[1]).toEqual(ids[0]);
});
