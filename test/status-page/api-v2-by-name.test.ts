import { describe, expect, test } from 'vitest';
import { ask } from './request.ts';
import { breakOneOfTwo, TWO_BY_NAME, twoAlike } from './two-alike.ts';
import { usePage } from './use-page.ts';

/** What such programs read: an exporter has a series for each name, and leaves groups out. */
interface V2Component {
  id: string;
  name: string;
  status: string;
  group: boolean;
  group_id: string | null;
  components?: string[];
}

const page = usePage({ once: true, configuration: twoAlike(), prepare: breakOneOfTwo });

async function read(): Promise<V2Component[]> {
  return JSON.parse((await ask(`${page.url}/api/v2/summary.json`)).text).components;
}

describe('O1: a program that keys components by name', () => {
  test('sees each of them with its own status, also of systems that are named alike', async () => {
    const exported = new Map<string, string>();
    for (const { name, status, group } of await read()) if (!group) exported.set(name, status);
    expect([...exported]).toEqual(TWO_BY_NAME);
  });

  test('finds groups by their ids, in both directions', async () => {
    const components = await read();
    const groups = components.filter(({ group }) => group);
    expect(groups.map(({ name }) => name)).toEqual([
      '拼多多发票（模拟）',
      '北京电子发票（模拟）（beijing）',
      '北京电子发票（模拟）（beijing2）',
    ]);
    for (const group of groups) {
      const members = components.filter(({ group_id }) => group_id === group.id);
      expect(members.map(({ id }) => id)).toEqual(group.components);
    }
  });
});
