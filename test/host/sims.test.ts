import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runFixture, type Fixture } from './fixtures/run-fixture.ts';

let fixture: Fixture;
afterEach(() => fixture.stop());

const tray = async () => (await fixture.state()).tray;
const makeTray = () => fixture.act({ type: 'foreign-invoke', channel: 'make-tray' });
const window = async () => (await fixture.state()).windows[0];

/** The tray icons on the fixture's session bus. */
async function watcher(): Promise<string> {
  const { profile } = (await fixture.state()).app;
  const gdbus = join(profile, 'system-tools', `bus-${String(fixture.child.pid)}`, 'gdbus');
  try {
    return execFileSync(gdbus, ['call', '--dest', 'org.kde.StatusNotifierWatcher'], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    return String(error);
  }
}

test('an icon that was created before the panel is not shown until it is created again', async () => {
  fixture = await runFixture('--sim', 'tray=missing');
  expect(await watcher()).toContain('ServiceUnknown');
  await fixture.act({ type: 'panel', there: true });
  expect(await tray()).toBeNull();
  expect(await watcher()).toBe('(<[]>,)\n');
  await makeTray();
  expect(await tray()).toMatchObject({ tooltip: 'Fixture: idle' });
  expect(await watcher()).toContain(`StatusNotifierItem-${String(fixture.child.pid)}-1/`);
});

test('a shown icon is shown again after the panel restarts', async () => {
  fixture = await runFixture();
  await fixture.act({ type: 'panel', there: false });
  expect(await tray()).toBeNull();
  await fixture.act({ type: 'panel', there: true });
  expect(await tray()).toMatchObject({ tooltip: 'Fixture: idle' });
});

test('a late panel starts without a request of the program', async () => {
  fixture = await runFixture('--sim', 'tray=late');
  expect(await watcher()).toContain('ServiceUnknown');
  await expect.poll(watcher, { timeout: 60_000 }).toBe('(<[]>,)\n');
});

test('a click on a line of a replaced menu has no effect', async () => {
  fixture = await runFixture();
  const keyOf = async (label: string) => (await tray())?.menu?.find((line) => line.label === label)?.key;
  const before = await keyOf('Loud');
  expect(await fixture.act({ type: 'tray-menu', key: before })).toMatchObject({ status: 200 });
  // A tick is redrawn without a new menu.
  expect(await keyOf('Loud')).toBe(before);
  await makeTray();
  expect(await fixture.act({ type: 'tray-menu', key: before })).toMatchObject({ status: 404 });
  expect(await fixture.act({ type: 'tray-menu', key: await keyOf('Loud') })).toMatchObject({ status: 200 });
});

test('a maximised window fills the work area and returns to its place', async () => {
  fixture = await runFixture();
  const before = (await window())?.bounds;
  await fixture.act({ type: 'window', action: 'maximize' });
  expect(await window()).toMatchObject({ maximized: true, bounds: { x: 0, y: 32, width: 1920, height: 1048 } });
  await fixture.act({ type: 'window', action: 'unmaximize' });
  expect(await window()).toMatchObject({ maximized: false, bounds: before });
});

test.for(['active', 'idle', 'locked', 'unknown'] as const)('a computer that is %s reports that', async (state) => {
  fixture = await runFixture('--sim', `idle=${state}`);
  const ask = async (threshold: number) =>
    (await fixture.act({ type: 'foreign-invoke', channel: 'idle-state', args: [threshold] })).body.value;
  expect(await ask(300)).toMatchObject({ value: state });
  await fixture.act({ type: 'idle', state: 'idle' });
  expect(await ask(300)).toMatchObject({ value: 'idle' });
  expect(await ask(1_000_000)).toMatchObject({ value: 'active' });
});
