import { afterEach, describe, expect, test } from 'vitest';
import { type Browser, formFields, openBrowser } from './browser.ts';
import { aPlan, call, type Office, openOffice } from './office.ts';

const NEW = '/admin/en/maintenances/new';

/** Summer time in Berlin begins on 28 March and ends on 31 October 2027. */
const WINTER = Date.parse('2027-03-20T12:00Z');
const AUTUMN = Date.parse('2027-10-20T12:00Z');

let office: Office;
let browser: Browser;
afterEach(() => office.close());

async function openIn(zone: string, now: number): Promise<void> {
  office = await openOffice({ zone, now });
  browser = openBrowser(office);
  await browser.signIn(office.token);
}

const TEXTS = {
  components: ['beijing.query'],
  'texts.title.zh-CN': '升级',
  'texts.title.en': 'Upgrade',
  'texts.description.zh-CN': '更换服务器。',
  'texts.description.en': 'New servers.',
  submit: 'announce',
};

/** Sends the form of a new maintenance. */
async function announce(times: Record<string, string>) {
  return browser.submit(await browser.get(NEW), NEW, { ...TEXTS, ...times });
}

async function stored() {
  return office.site.store.maintenances({ limit: 9 });
}

/** Announced by the API, with an offset; returns its address in the forms. */
async function announced(times: Record<string, string>): Promise<string> {
  const { json } = await call(office, 'POST', '', aPlan({ announce: true, ...times }));
  return `/admin/en/maintenances/${json.id}`;
}

describe('M7: the night in which clocks go forward', () => {
  test('a start at 2:30 is refused, and the form says what there is before and after', async () => {
    await openIn('Europe/Berlin', WINTER);
    const times = {
      announced_from: '2027-03-28T02:30',
      announced_until: '2027-03-28T04:00',
      expected_recovery_at: '2027-03-28T05:00',
    };
    const refused = await announce(times);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(
      'id="announced_from-problem">There is no such time in this zone: the minute after ' +
        '2027-03-28 01:59 is 2027-03-28 03:00.',
    );
    expect(formFields(refused.text, NEW)).toMatchObject(times);
    expect(await stored()).toEqual([]);
    const corrected = { announced_from: '2027-03-28T03:00', submit: 'announce' };
    expect((await browser.submit(refused, NEW, corrected)).status).toBe(303);
    expect(await stored()).toMatchObject([{ announced_from: Date.parse('2027-03-28T01:00Z') }]);
  });

  test('so is a new end, in the form of an extension', async () => {
    await openIn('Europe/Berlin', WINTER);
    const it = await announced({
      announced_from: '2027-03-27T22:00:00+01:00',
      announced_until: '2027-03-28T01:00:00+01:00',
      expected_recovery_at: '2027-03-28T01:30:00+01:00',
    });
    await browser.submit(await browser.get(`${it}/start`), `${it}/start`, {});
    const times = { announced_until: '2027-03-28T02:15', expected_recovery_at: '2027-03-28T04:00' };
    const page = await browser.get(`${it}/extend`);
    const refused = await browser.submit(page, `${it}/extend`, times);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="announced_until-problem">There is no such time');
    expect(formFields(refused.text, `${it}/extend`)).toMatchObject(times);
    expect(await stored()).toMatchObject([{ revision: 1 }]);
  });

  test('where a whole day is skipped, the days around it are named', async () => {
    await openIn('Pacific/Apia', Date.parse('2011-12-20T00:00Z'));
    const refused = await announce({
      announced_from: '2011-12-30T09:00',
      announced_until: '2011-12-31T09:00',
      expected_recovery_at: '2011-12-31T09:00',
    });
    expect(refused.text).toContain('the minute after 2011-12-29 23:59 is 2011-12-31 00:00.');
  });
});

describe('M7: the night in which clocks go back', () => {
  const TWICE = {
    announced_from: '2027-10-31T02:30',
    announced_until: '2027-10-31T05:00',
    expected_recovery_at: '2027-10-31T05:00',
  };

  test.each([
    ['the first', '7200', '2027-10-31T00:30Z'],
    ['the second', '3600', '2027-10-31T01:30Z'],
  ])('a start at 2:30 is asked about and then is %s', async (_, offset, expected) => {
    await openIn('Europe/Berlin', AUTUMN);
    const asked = await announce(TWICE);
    expect(asked.status).toBe(422);
    expect(asked.text).toContain(
      'id="announced_from-problem">This time comes twice in this zone. Choose which one it is.',
    );
    expect(asked.text).toContain('<legend>2027-10-31 02:30 comes twice: which one is it?</legend>');
    expect(asked.text).toContain('The first: Central European Summer Time, UTC+2');
    expect(asked.text).toContain('The second: Central European Standard Time, UTC+1');
    const fields = formFields(asked.text, NEW);
    expect(fields).toMatchObject(TWICE);
    expect(fields).not.toHaveProperty('announced_from.offset');
    expect(await stored()).toEqual([]);

    // Without an answer it is asked again.
    expect((await browser.submit(asked, NEW, { submit: 'announce' })).status).toBe(422);
    const chosen = { 'announced_from.offset': offset, submit: 'announce' };
    expect((await browser.submit(asked, NEW, chosen)).status).toBe(303);
    expect(await stored()).toMatchObject([{ announced_from: Date.parse(expected) }]);
  });

  test('it is asked in Chinese too', async () => {
    await openIn('Europe/Berlin', AUTUMN);
    const form = await browser.get('/admin/zh-CN/maintenances/new');
    const at = '/admin/zh-CN/maintenances/new';
    const asked = await browser.submit(form, at, { ...TEXTS, ...TWICE });
    expect(asked.text).toContain('2027-10-31 02:30 有两次，是哪一次？');
    expect(asked.text).toContain('第一次：中欧夏令时间，UTC+2');
    expect(asked.text).toContain('第二次：中欧标准时间，UTC+1');
  });

  test('where clocks go back half an hour, the half hour is asked about', async () => {
    await openIn('Australia/Lord_Howe', Date.parse('2027-03-20T00:00Z'));
    const times = { announced_until: '2027-04-04T05:00', expected_recovery_at: '2027-04-04T05:00' };
    const asked = await announce({ ...times, announced_from: '2027-04-04T01:45' });
    expect(asked.text).toContain('The first: Lord Howe Daylight Time, UTC+11');
    expect(asked.text).toContain('The second: Lord Howe Standard Time, UTC+10:30');
    // The quarter of an hour before is there once.
    expect((await announce({ ...times, announced_from: '2027-04-04T01:15' })).status).toBe(303);
  });

  const SECOND_TIME = {
    announced_from: '2027-10-31T02:30:00+01:00',
    announced_until: '2027-10-31T05:00:20.500+01:00',
    expected_recovery_at: '2027-10-31T06:00:00+01:00',
  };

  test('who changes a word of the title moves no time, of whatever second', async () => {
    await openIn('Europe/Berlin', AUTUMN);
    const it = await announced(SECOND_TIME);
    const edit = await browser.get(`${it}/edit`);
    expect(formFields(edit.text, `${it}/edit`)).toMatchObject({
      announced_from: '2027-10-31T02:30',
      'announced_from.offset': '3600',
      announced_until: '2027-10-31T05:00',
    });
    const word = { 'texts.title.en': 'Upgrade of all downloads', submit: 'revise' };
    await browser.submit(edit, `${it}/edit`, word);
    expect(await stored()).toMatchObject([
      {
        revision: 2,
        texts: { title: { en: 'Upgrade of all downloads' } },
        announced_from: Date.parse(SECOND_TIME.announced_from),
        announced_until: Date.parse(SECOND_TIME.announced_until),
        expected_recovery_at: Date.parse(SECOND_TIME.expected_recovery_at),
      },
    ]);
  });

  test('who changes nothing publishes nothing', async () => {
    await openIn('Europe/Berlin', AUTUMN);
    const it = await announced(SECOND_TIME);
    const edit = await browser.get(`${it}/edit`);
    const saved = await browser.submit(edit, `${it}/edit`, { submit: 'revise' });
    expect(saved.headers.location).toBe(`${it}?note=as_asked`);
    expect((await browser.get(`${it}?note=as_asked`)).text).toContain(
      'Nothing was changed: it already is so.',
    );
    const [maintenance] = await stored();
    expect([maintenance?.revision, maintenance?.updates.map(({ code }) => code)]).toEqual([
      1,
      ['announced'],
    ]);
  });

  test('who chooses the other 2:30 moves the start by an hour', async () => {
    await openIn('Europe/Berlin', AUTUMN);
    const it = await announced(SECOND_TIME);
    const first = { 'announced_from.offset': '7200', submit: 'revise' };
    await browser.submit(await browser.get(`${it}/edit`), `${it}/edit`, first);
    expect(await stored()).toMatchObject([{ announced_from: Date.parse('2027-10-31T00:30Z') }]);
  });

  test('an end is extended to the second 2:30 after it was asked which', async () => {
    await openIn('Europe/Berlin', AUTUMN);
    const it = await announced({
      announced_from: '2027-10-30T22:00:00+02:00',
      announced_until: '2027-10-31T02:30:00+02:00',
      expected_recovery_at: '2027-10-31T03:00:00+01:00',
    });
    await browser.submit(await browser.get(`${it}/start`), `${it}/start`, {});
    const page = await browser.get(`${it}/extend`);
    expect(formFields(page.text, `${it}/extend`)['announced_until.offset']).toBe('7200');
    const later = { 'announced_until.offset': '3600' };
    expect((await browser.submit(page, `${it}/extend`, later)).headers.location).toContain(
      'note=extended',
    );
    expect(await stored()).toMatchObject([
      { announced_until: Date.parse('2027-10-31T02:30:00+01:00') },
    ]);
    // A problem names the offset, because both ends look the same.
    const shorter = { 'announced_until.offset': '7200' };
    const again = await browser.get(`${it}/extend`);
    const refused = await browser.submit(again, `${it}/extend`, shorter);
    expect(refused.text).toContain(
      'Expected a time after the present end, 2027-10-31 02:30 (UTC+1).',
    );
  });
});

test('in China, whose clocks are never changed, nothing is asked', async () => {
  await openIn('Asia/Shanghai', AUTUMN);
  const sent = await announce({
    announced_from: '2027-10-31T02:30',
    announced_until: '2027-10-31T05:00',
    expected_recovery_at: '2027-10-31T05:00',
  });
  expect(sent.status).toBe(303);
  const edit = await browser.get(`${String(sent.headers.location).split('?')[0]}/edit`);
  expect(edit.text).not.toContain('type="radio"');
});
