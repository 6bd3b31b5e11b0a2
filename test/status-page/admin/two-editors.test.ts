import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import { createRandom } from '../../random.ts';
import type { Answer } from '../request.ts';
import { type Browser, formFields, openBrowser } from './browser.ts';
import { FILLED_MAINTENANCE, NEW_MAINTENANCE } from './new-maintenance.ts';
import { type Office, openOffice } from './office.ts';

let office: Office;
let anna: Browser;
let ben: Browser;
beforeEach(async () => {
  office = await openOffice();
  anna = openBrowser(office);
  ben = openBrowser(office);
  await anna.signIn(office.token);
  await ben.signIn(office.token);
});
afterEach(() => office.close());

/** Made by Anna; returns its address. */
async function made(submit: 'announce' | 'draft' = 'announce'): Promise<string> {
  await anna.submit(await anna.get(NEW_MAINTENANCE), NEW_MAINTENANCE, {
    ...FILLED_MAINTENANCE,
    submit,
  });
  return `/admin/en/maintenances/${(await stored()).id}`;
}

/** Announced, and started by hand. */
async function running(): Promise<string> {
  const it = await made();
  await anna.submit(await anna.get(`${it}/start`), `${it}/start`, {});
  return it;
}

async function stored() {
  const [maintenance] = await office.site.store.maintenances({ limit: 1 });
  if (!maintenance) throw new Error('there is none');
  return maintenance;
}

async function told(): Promise<string[]> {
  return (await stored()).updates.map(({ code }) => code);
}

/** Ben opens the page of a form and sends it at once, one minute after what was before. */
async function benSends(at: string, fields: Record<string, string | string[]>): Promise<Answer> {
  office.clock.set(office.clock.now() + MINUTE);
  return ben.submit(await ben.get(at), at, fields);
}

const EXTENDED = {
  announced_until: '2026-11-24T03:00',
  expected_recovery_at: '2026-11-24T03:30',
};

/** What a page says, without its markup. */
function words({ text }: Answer): string {
  const main = text.split('<main')[1] ?? '';
  return main.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
}

describe('M8: Ben extends the maintenance while Anna corrects a word of its title', () => {
  const WORD = { 'texts.title.en': 'Upgrade of all downloads', submit: 'revise' };
  let edit: string;
  let opened: Answer;
  beforeEach(async () => {
    const it = await running();
    edit = `${it}/edit`;
    opened = await anna.get(edit);
    await benSends(`${it}/extend`, EXTENDED);
  });

  test('she is shown what it was, what it is and since when, and what she typed', async () => {
    const asked = await anna.submit(opened, edit, WORD);
    expect(asked.status).toBe(409);
    expect(words(asked)).toContain(
      'End Keep what it is now (changed Nov 21, 14:33): Tue, Nov 24, 03:00 ' +
        'Change it back to what it was: Tue, Nov 24, 00:30',
    );
    expect(words(asked)).toContain(
      'Title (English) Keep what it is now: Upgrade of downloads ' +
        'Use what you entered: Upgrade of all downloads',
    );
    expect(formFields(asked.text, edit)).toMatchObject({
      'choice.announced_until': 'theirs',
      'choice.expected_recovery_at': 'theirs',
      'choice.texts.title.en': 'mine',
    });
    expect(asked.text).not.toContain('name="choice.announced_from"');
    expect(await stored()).toMatchObject({
      revision: 2,
      texts: { title: { en: 'Upgrade of downloads' } },
    });
  });

  test('she saves her word, and the extension stays', async () => {
    const asked = await anna.submit(opened, edit, WORD);
    expect((await anna.submit(asked, edit, { submit: 'revise' })).status).toBe(303);
    expect(await stored()).toMatchObject({
      revision: 3,
      announced_until: Date.parse('2026-11-24T03:00+08:00'),
      texts: { title: { en: 'Upgrade of all downloads' } },
    });
    expect(await told()).toEqual(['announced', 'started', 'extended', 'revised']);
  });

  test('she may undo the extension, but only by saying so', async () => {
    const asked = await anna.submit(opened, edit, WORD);
    const back = { 'choice.announced_until': 'mine', 'choice.expected_recovery_at': 'mine' };
    await anna.submit(asked, edit, { ...back, submit: 'revise' });
    expect(await stored()).toMatchObject({
      announced_until: Date.parse('2026-11-24T00:30+08:00'),
      expected_recovery_at: Date.parse('2026-11-24T01:00+08:00'),
    });
  });

  test('going back and sending the old form again only shows the difference again', async () => {
    for (let n = 0; n < 3; n += 1) {
      expect((await anna.submit(opened, edit, WORD)).status).toBe(409);
    }
    expect(await told()).toEqual(['announced', 'started', 'extended']);
    const asked = await anna.submit(opened, edit, WORD);
    await anna.submit(asked, edit, { submit: 'revise' });
    // Also after the difference was seen: the old form still has the old end.
    const again = await anna.submit(opened, edit, WORD);
    expect(again.status).toBe(409);
    expect(formFields(again.text, edit)['choice.announced_until']).toBe('theirs');
    expect(await told()).toEqual(['announced', 'started', 'extended', 'revised']);
  });

  test('a double click on the choice saves once', async () => {
    const asked = await anna.submit(opened, edit, WORD);
    const first = await anna.submit(asked, edit, { submit: 'revise' });
    const second = await anna.submit(asked, edit, { submit: 'revise' });
    expect([first.status, await told()]).toEqual([
      303,
      ['announced', 'started', 'extended', 'revised'],
    ]);
    // The form that was compared is old by now; it would change nothing but what Ben did.
    expect([second.status, formFields(second.text, edit)['choice.announced_until']]).toEqual([
      409,
      'theirs',
    ]);
  });

  test('she edits further with what she chose', async () => {
    const asked = await anna.submit(opened, edit, WORD);
    const form = await anna.submit(asked, edit, { submit: 'edit' });
    expect(form.status).toBe(200);
    expect(formFields(form.text, edit)).toMatchObject({ ...EXTENDED, ...omit(WORD, 'submit') });
    expect((await stored()).revision).toBe(2);
    const sent = { 'texts.title.zh-CN': '升级全部下载', submit: 'revise' };
    expect((await anna.submit(form, edit, sent)).status).toBe(303);
    expect(await stored()).toMatchObject({
      announced_until: Date.parse('2026-11-24T03:00+08:00'),
      texts: { title: { 'zh-CN': '升级全部下载', en: 'Upgrade of all downloads' } },
    });
  });

  test('what changes while she looks at the difference is shown before she saves', async () => {
    const asked = await anna.submit(opened, edit, WORD);
    await benSends(edit.replace('edit', 'extend'), {
      announced_until: '2026-11-24T04:00',
      expected_recovery_at: '2026-11-24T04:00',
    });
    const chosen = { 'choice.announced_until': 'mine', 'choice.texts.title.en': 'theirs' };
    const again = await anna.submit(asked, edit, { ...chosen, submit: 'revise' });
    expect(again.status).toBe(409);
    expect(words(again)).toContain('Tue, Nov 24, 04:00');
    // Her choice about the end was about another one.
    expect(formFields(again.text, edit)).toMatchObject({
      'choice.announced_until': 'theirs',
      'choice.texts.title.en': 'theirs',
    });
    expect((await stored()).announced_until).toBe(Date.parse('2026-11-24T04:00+08:00'));
  });

  test('an end that she typed too must be chosen, and is not taken from either', async () => {
    const typed = {
      ...WORD,
      announced_until: '2026-11-24T02:00',
      expected_recovery_at: '2026-11-24T02:00',
    };
    const asked = await anna.submit(opened, edit, typed);
    expect(words(asked)).toContain(
      'Changed both here and elsewhere: please choose End ' +
        'When you opened it: Tue, Nov 24, 00:30 ' +
        'Keep what it is now (changed Nov 21, 14:33): Tue, Nov 24, 03:00 ' +
        'Use what you entered: Tue, Nov 24, 02:00',
    );
    expect(formFields(asked.text, edit)).not.toHaveProperty('choice.announced_until');
    const open = await anna.submit(asked, edit, { submit: 'revise' });
    expect([open.status, (await stored()).revision]).toEqual([422, 2]);
    expect(open.text).toContain('id="announced_until-problem">Choose which one to use.');
    const chosen = { 'choice.announced_until': 'mine', 'choice.expected_recovery_at': 'theirs' };
    await anna.submit(open, edit, { ...chosen, submit: 'revise' });
    expect(await stored()).toMatchObject({
      announced_until: Date.parse('2026-11-24T02:00+08:00'),
      expected_recovery_at: Date.parse('2026-11-24T03:30+08:00'),
      texts: { title: { en: 'Upgrade of all downloads' } },
    });
  });

  test('a time of hers that is none is corrected in the form, with her other choices', async () => {
    const asked = await anna.submit(opened, edit, { ...WORD, announced_until: '' });
    expect(words(asked)).toContain('Use what you entered: (empty)');
    const chosen = { 'choice.announced_until': 'mine', submit: 'revise' };
    const refused = await anna.submit(asked, edit, chosen);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="announced_until-problem">Expected a date and a time.');
    expect(formFields(refused.text, edit)).toMatchObject({
      announced_until: '',
      expected_recovery_at: EXTENDED.expected_recovery_at,
      'texts.title.en': 'Upgrade of all downloads',
    });
  });

  test('a form that does not say of which version it is may undo nothing either', async () => {
    for (const seen of [null, '', '99.in_progress', '1.nothing']) {
      const asked = await anna.submit(opened, edit, { ...WORD, seen });
      expect([seen, asked.status]).toEqual([seen, 409]);
      expect(formFields(asked.text, edit)).not.toHaveProperty('choice.announced_until');
    }
    expect((await stored()).revision).toBe(2);
  });

  test('a function that is not measured is named as it was sent', async () => {
    const asked = await anna.submit(opened, edit, {
      ...WORD,
      components: ['beijing.query', 'a.b'],
    });
    expect(words(asked)).toContain(
      'Use what you entered: Beijing e-invoices (simulated): Query, a.b',
    );
  });

  test('when both made the same change, it is there once', async () => {
    const same = { ...EXTENDED, submit: 'revise' };
    const sent = await anna.submit(opened, edit, same);
    expect(sent.headers.location).toContain('?note=as_asked');
    expect(await told()).toEqual(['announced', 'started', 'extended']);
  });
});

describe('both extend it', () => {
  test('Anna is asked, and a shorter end than the present one is refused', async () => {
    const it = await running();
    const at = `${it}/extend`;
    const opened = await anna.get(at);
    await benSends(at, EXTENDED);
    const shorter = {
      announced_until: '2026-11-24T02:00',
      expected_recovery_at: '2026-11-24T03:30',
    };
    const asked = await anna.submit(opened, at, shorter);
    expect(asked.status).toBe(409);
    expect(words(asked)).toContain('Use what you entered: Tue, Nov 24, 02:00');
    // Both expect the same recovery.
    expect(asked.text).not.toContain('choice.expected_recovery_at');
    const open = await anna.submit(asked, at, { submit: 'extend' });
    expect(open.status).toBe(422);
    const mine = { 'choice.announced_until': 'mine', submit: 'extend' };
    const refused = await anna.submit(asked, at, mine);
    expect(refused.text).toContain('Expected a time after the present end, 2026-11-24 03:00.');
    const theirs = { 'choice.announced_until': 'theirs', submit: 'extend' };
    const kept = await anna.submit(asked, at, theirs);
    expect(kept.headers.location).toBe(`${it}?note=as_asked`);
    expect(await told()).toEqual(['announced', 'started', 'extended']);
  });

  test('Anna takes her later end, having seen that of Ben', async () => {
    const at = `${await running()}/extend`;
    const opened = await anna.get(at);
    await benSends(at, EXTENDED);
    const later = { announced_until: '2026-11-24T05:00', expected_recovery_at: '2026-11-24T05:00' };
    const asked = await anna.submit(opened, at, later);
    expect((await stored()).announced_until).toBe(Date.parse('2026-11-24T03:00+08:00'));
    const mine = { 'choice.announced_until': 'mine', 'choice.expected_recovery_at': 'mine' };
    const form = await anna.submit(asked, at, { ...mine, submit: 'edit' });
    expect(formFields(form.text, at)).toMatchObject(later);
    await anna.submit(asked, at, { ...mine, submit: 'extend' });
    expect((await stored()).announced_until).toBe(Date.parse('2026-11-24T05:00+08:00'));
  });

  test('a double click extends once, and says that it is as asked', async () => {
    const it = await running();
    const page = await anna.get(`${it}/extend`);
    const answers = [
      await anna.submit(page, `${it}/extend`, EXTENDED),
      await anna.submit(page, `${it}/extend`, EXTENDED),
    ];
    expect(answers.map(({ headers }) => headers.location)).toEqual([
      `${it}?note=extended`,
      `${it}?note=as_asked`,
    ]);
    expect(await told()).toEqual(['announced', 'started', 'extended']);
  });

  test('it is extended late, after its end has passed unseen, without asking twice', async () => {
    const it = await running();
    const page = await anna.get(`${it}/extend`);
    await overrun();
    office.clock.set(Date.parse('2026-11-24T00:40+08:00'));
    await anna.signIn(office.token);
    const fresh = {
      form_token: formFields((await anna.get(NEW_MAINTENANCE)).text, NEW_MAINTENANCE)
        .form_token as string,
    };
    const sent = await anna.submit(page, `${it}/extend`, { ...EXTENDED, ...fresh });
    expect(sent.headers.location).toBe(`${it}?note=extended`);
    expect(await stored()).toMatchObject({ status: 'in_progress', revision: 2 });
  });
});

/** Its announced end passes, as the collector notices. */
async function overrun(): Promise<void> {
  const { updates: _, ...before } = await stored();
  const maintenance = { ...before, status: 'overrun' as const, updated_at: before.updated_at + 1 };
  const expected_updated_at = before.updated_at;
  await office.site.store.record({ maintenances: [{ maintenance, expected_updated_at }] });
}

describe('a page that is older than what was done', () => {
  test('ends what Ben has ended: done, once', async () => {
    const it = await running();
    const page = await anna.get(`${it}/end`);
    await benSends(`${it}/end`, {});
    const sent = await anna.submit(page, `${it}/end`, {});
    expect(sent.headers.location).toBe(`${it}?note=ended`);
    expect(await told()).toEqual(['announced', 'started', 'ended']);
  });

  test('does not end what Ben has extended without showing it', async () => {
    const it = await running();
    const page = await anna.get(`${it}/end`);
    await benSends(`${it}/extend`, EXTENDED);
    const asked = await anna.submit(page, `${it}/end`, {});
    expect(asked.status).toBe(409);
    expect(words(asked)).toContain('End Tue, Nov 24, 00:30 → Tue, Nov 24, 03:00');
    expect((await stored()).status).toBe('in_progress');
    await anna.submit(asked, `${it}/end`, {});
    expect((await stored()).status).toBe('verifying');
  });

  test('does not cancel as a draft what has been announced meanwhile', async () => {
    const it = await made('draft');
    const page = await anna.get(`${it}/cancel`);
    await benSends(`${it}/announce`, {});
    const asked = await anna.submit(page, `${it}/cancel`, {});
    expect(asked.status).toBe(409);
    expect(words(asked)).toContain(
      'It was “Draft” when you opened it; now it is “Planned maintenance”.',
    );
    expect(await told()).toEqual(['announced']);
    await anna.submit(asked, `${it}/cancel`, {});
    expect(await told()).toEqual(['announced', 'cancelled']);
  });

  test('does not cancel what has begun', async () => {
    const it = await made();
    const page = await anna.get(`${it}/cancel`);
    await benSends(`${it}/start`, {});
    const sent = await anna.submit(page, `${it}/cancel`, {});
    expect(sent.headers.location).toBe(`${it}?note=not_now`);
    expect(await told()).toEqual(['announced', 'started']);
  });

  test('does not publish as a draft what has been announced meanwhile', async () => {
    const it = await made('draft');
    const page = await anna.get(`${it}/edit`);
    await benSends(`${it}/announce`, {});
    const typed = { 'texts.title.en': 'Not sure yet', submit: 'draft' };
    const asked = await anna.submit(page, `${it}/edit`, typed);
    expect(asked.status).toBe(409);
    expect(words(asked)).toContain(
      'It was “Draft” when you opened it; now it is “Planned maintenance”.',
    );
    expect(asked.text).toContain('value="revise"');
    expect(asked.text).not.toContain('value="draft"');
    expect(await told()).toEqual(['announced']);
  });

  test('cannot move the start of what has begun meanwhile', async () => {
    const it = await made();
    const page = await anna.get(`${it}/edit`);
    await benSends(`${it}/start`, {});
    const typed = { announced_from: '2026-11-23T21:00', 'texts.title.en': 'Sooner' };
    const asked = await anna.submit(page, `${it}/edit`, { ...typed, submit: 'revise' });
    expect(asked.status).toBe(409);
    expect(words(asked)).toContain('It has begun, so its start cannot change any more.');
    await anna.submit(asked, `${it}/edit`, { submit: 'revise' });
    expect(await stored()).toMatchObject({
      announced_from: Date.parse('2026-11-23T22:00+08:00'),
      texts: { title: { en: 'Sooner' } },
    });
  });

  test('posts no words about what has ended before they are read again', async () => {
    const it = await running();
    const page = await anna.get(it);
    await benSends(`${it}/end`, {});
    const typed = { 'text.zh-CN': '还要一小时。', 'text.en': 'One more hour.' };
    const asked = await anna.submit(page, `${it}/updates`, typed);
    expect(asked.status).toBe(409);
    expect(words(asked)).toContain('It was “Under maintenance” when you opened it');
    expect(formFields(asked.text, `${it}/updates`)).toMatchObject(typed);
    expect(await told()).toEqual(['announced', 'started', 'ended']);
    for (const text of ['Done after all.', 'Done after all.']) {
      await anna.submit(asked, `${it}/updates`, { ...typed, 'text.en': text });
    }
    expect(await told()).toEqual(['announced', 'started', 'ended', 'text']);
  });
});

test.each([1, 2, 3])(
  'however two editors alternate, nobody undoes what she did not see (seed %i)',
  async (seed) => {
    const random = createRandom(seed);
    const edit = `${await made()}/edit`;
    const editors = [anna, ben].map((browser) => ({ browser, page: null as Answer | null }));
    const FIELDS = ['texts.title.en', 'texts.title.zh-CN', 'texts.description.en'] as const;
    const results = new Set<number>();
    for (let n = 0; n < 40; n += 1) {
      const editor = editors[Math.floor(random() * 2)];
      if (!editor) throw new Error('there are two');
      if (editor.page === null || random() < 0.2) editor.page = await editor.browser.get(edit);
      const shown = formFields(editor.page.text, edit);
      const typed: Record<string, string> = {};
      for (const field of FIELDS) if (random() < 0.4) typed[field] = `${n}`;
      const before = await plain();
      const sent = await editor.browser.submit(editor.page, edit, {
        ...('compared' in shown ? {} : typed),
        ...Object.fromEntries(
          FIELDS.filter(
            (field) => editor.page?.text.includes(`"choice.${field}"`) && random() < 0.5,
          ).map((field) => [`choice.${field}`, random() < 0.5 ? 'mine' : 'theirs']),
        ),
        submit: 'revise',
      });
      results.add(sent.status);
      const after = await plain();
      if (sent.status !== 303) {
        expect(after).toEqual(before);
        editor.page = sent;
        continue;
      }
      for (const field of FIELDS) {
        if (after[field] === before[field]) continue;
        // A change was typed now, or it is hers of a difference that showed what is undone.
        if ('compared' in shown) expect(after[field]).toBe(shown[field]);
        else expect([field, after[field]]).toEqual([field, typed[field]]);
        const said = editor.page.text.includes(`>${before[field]}<`);
        expect([field, 'compared' in shown ? said : shown[field] === before[field]]).toEqual([
          field,
          true,
        ]);
      }
      if (random() < 0.5) editor.page = null;
    }
    expect([...results].toSorted()).toEqual([303, 409, 422]);

    /** What it says, by field. */
    async function plain(): Promise<Record<string, string | undefined>> {
      const { texts } = await stored();
      return {
        'texts.title.en': texts.title.en,
        'texts.title.zh-CN': texts.title['zh-CN'],
        'texts.description.en': texts.description.en,
      };
    }
  },
);

function omit(fields: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}
