import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';

const SERVICE = join(import.meta.dirname, 'fixtures/service.ts');

function start(behaviour: string, env: Record<string, string> = {}) {
  const child = fork(SERVICE, [behaviour], { silent: true, env: { ...process.env, ...env } });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('the fixture has no output');
  // Not "close", which a disconnected child never says.
  const ended = Promise.all([once(child, 'exit'), text(stdout), text(stderr)]).then(
    ([[code], out, err]) => ({ code, stdout: out, stderr: err }),
  );
  return { child, ended };
}

describe('a process', () => {
  it('tells its parent when it is ready, drains on SIGTERM and exits with 0', async () => {
    const { child, ended } = start('steady');
    const [message] = await once(child, 'message');
    expect(message).toEqual({ type: 'ready', ports: { main: 1 } });
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout).toContain('"msg":"drained"');
  });

  it('says every second that it lives, and why it does not work', async () => {
    const { child } = start('steady');
    const messages: unknown[] = [];
    child.on('message', (message) => messages.push(message));
    while (messages.length < 3) await wait(50);
    expect(messages.slice(1)).toEqual([
      { type: 'alive', not_ready: { cause: null, since: null, detail: 'tired' } },
      { type: 'alive', not_ready: { cause: null, since: null, detail: 'tired' } },
    ]);
    child.kill('SIGKILL');
  });

  it('ends although its parent was gone before it could listen for that', async () => {
    const { child, ended } = start('steady');
    child.disconnect();
    expect((await ended).code).toBe(0);
  });

  it('leaves Ctrl-C to its parent', async () => {
    const { child, ended } = start('steady');
    await once(child, 'message');
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect((await ended).stdout).toContain('"why":"SIGTERM"');
  });

  it('drains when its parent is gone', async () => {
    const { child, ended } = start('steady');
    await once(child, 'message');
    child.disconnect();
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout).toContain('the parent process is gone');
  });

  it.each([
    ['unusable', 'The moon is in the way; wait an hour.\n'],
    ['refused', 'out of range\n'],
    ['broken', 'A child cannot work here.\n'],
    ['lost', 'deleted\n'],
  ])('says in one sentence why it cannot work (%s) and exits with 2', async (behaviour, said) => {
    const { code, stderr } = await start(behaviour).ended;
    expect({ code, stderr }).toEqual({ code: 2, stderr: said });
  });

  it.each([
    ['lost', 2],
    ['replaced', 1],
  ])('D6: whose data are %s exits with %i at once, writing nothing', async (behaviour, exit) => {
    const { code, stdout } = await start(behaviour).ended;
    expect(code).toBe(exit);
    expect(stdout).not.toContain('drained');
  });

  it('names environment variables it cannot use', async () => {
    const { code, stderr } = await start('steady', { PORT: 'many' }).ended;
    expect(code).toBe(2);
    expect(stderr).toContain('PORT: expected a port from 0 to 65535');
  });

  it.each([
    ['failing', 'a bug'],
    ['crashing', 'a late bug'],
  ])('logs a bug with its stack, says it in a line and exits with 1 (%s)', async (...given) => {
    const [behaviour, said] = given;
    const { code, stdout, stderr } = await start(behaviour).ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(/"level":"error".*"stack":/);
    expect(stderr).toBe(`The fixture failed: ${said}\n`);
  });

  it.each([
    ['unusable', { cause: null, detail: 'The moon is in the way; wait an hour.' }],
    ['full', { cause: 'disk', detail: 'No space is left.' }],
  ])('tells its parent why it ends (%s)', async (behaviour, why) => {
    const { child, ended } = start(behaviour);
    const [message] = await once(child, 'message');
    expect(message).toEqual({ type: 'ending', why: { since: null, ...why } });
    await ended;
  });

  it('says what it waits for before it is ready, to its parent and to people', async () => {
    const { child, ended } = start('waiting');
    const messages: unknown[] = [];
    child.on('message', (message) => messages.push(message));
    const ready = { type: 'ready', ports: { main: 1 } };
    const readyAt = () => messages.findIndex((it) => isDeepStrictEqual(it, ready));
    while (readyAt() === -1) await wait(20);
    const why = { cause: 'lock', since: null, detail: 'The database is locked.' };
    const before = messages.slice(0, readyAt());
    expect(before).toEqual(Array(before.length).fill({ type: 'alive', not_ready: why }));
    expect(before.length).toBeGreaterThan(0);
    child.kill('SIGTERM');
    expect((await ended).stderr).toBe('The fixture waits: The database is locked.\n');
  });
});
