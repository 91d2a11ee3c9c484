import type {
  Menu as RealMenu,
  MenuItemConstructorOptions,
  nativeImage as realImage,
  Tray as RealTray,
} from 'electron';
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import type { TrayAction } from '../../../src/main/tray/menu.ts';
import { trayModel, type TrayModel } from '../../../src/main/tray/model.ts';
import { TrayIcon, type TrayParts } from '../../../src/main/tray/tray.ts';
import { ENGLISH } from '../../../src/messages/main.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { call, NOW, stateWith } from './state-fixture.ts';

/** A panel that shows the last icon and counts redraws. */
class FakeTray extends EventEmitter {
  static last: FakeTray | null = null;
  static refuses = false;
  image: unknown;
  tooltip = '';
  title = '';
  menu: MenuItemConstructorOptions[] = [];
  redraws = 0;
  gone = false;

  constructor(image: unknown) {
    super();
    if (FakeTray.refuses) throw new Error('no tray');
    this.image = image;
    FakeTray.last = this;
  }
  setImage(image: unknown): void {
    this.image = image;
    this.redraws += 1;
  }
  setToolTip(tooltip: string): void {
    this.tooltip = tooltip;
    this.redraws += 1;
  }
  setTitle(title: string): void {
    this.title = title;
    this.redraws += 1;
  }
  setContextMenu(menu: FakeMenu): void {
    this.menu = menu.template;
    this.menus.push(menu);
    this.redraws += 1;
  }
  menus: FakeMenu[] = [];
  destroy(): void {
    this.gone = true;
  }
}

interface FakeMenu {
  template: MenuItemConstructorOptions[];
  /** Electron sets null for a missing submenu, although its types say undefined. */
  items: { label: string | undefined; submenu: FakeSubmenu | null }[];
}

type FakeSubmenu = EventEmitter & Pick<FakeMenu, 'items'>;

function buildMenu(template: MenuItemConstructorOptions[]): FakeMenu {
  const items = template.map(({ label, submenu }) => ({
    label,
    submenu: Array.isArray(submenu) ? Object.assign(new EventEmitter(), buildMenu(submenu)) : null,
  }));
  return { template, items };
}

/** Checks only what TrayIcon passes on: paths stand for images, templates for menus. */
const parts = {
  Tray: FakeTray,
  Menu: { buildFromTemplate: buildMenu },
  nativeImage: { createFromPath: (path: string) => path },
} as unknown as TrayParts;

const actions: TrayAction[] = [];
const failures: string[] = [];
let clock = new ManualClock();
let onAction: (action: TrayAction) => void = () => undefined;

function iconOn(platform: NodeJS.Platform): TrayIcon {
  return new TrayIcon({
    ...parts,
    platform,
    clock,
    desktop: 'KDE',
    folder: '/tray',
    scale: () => 1,
    onAction: (action) => {
      actions.push(action);
      onAction(action);
    },
    onFailure: (detail) => failures.push(detail),
  });
}

const model = (more: Parameters<typeof stateWith>[0] = {}): TrayModel =>
  trayModel({ state: stateWith(more), missed: 0, messages: ENGLISH, now: NOW });
const quiet = model();
const ringing = model({ calls: { calls: [call('1')] } });
const pausedModel = (until: number | null): TrayModel => model({ desktop: { pausedUntil: until } });

function panel(): FakeTray {
  if (FakeTray.last === null) throw new Error('no icon was created');
  return FakeTray.last;
}

function entry(label: string, items = panel().menu): MenuItemConstructorOptions {
  for (const item of items) {
    if (item.label === label) return item;
    const inside = Array.isArray(item.submenu) ? item.submenu.find((child) => child.label === label) : undefined;
    if (inside !== undefined) return inside;
  }
  throw new Error(`no entry ${label}`);
}

function click(label: string): void {
  const { click: clicked } = entry(label);
  (clicked as () => void)();
}

beforeEach(() => {
  FakeTray.last = null;
  FakeTray.refuses = false;
  actions.length = 0;
  failures.length = 0;
  onAction = () => undefined;
  clock = new ManualClock();
});

test("Electron's Tray classes satisfy the types of the port", () => {
  expectTypeOf<{ Tray: typeof RealTray; Menu: typeof RealMenu; nativeImage: typeof realImage }>().toExtend<TrayParts>();
});

test('shows icon, tooltip and menu', () => {
  iconOn('linux').update(ringing, 'dark-panel');
  expect(panel()).toMatchObject({ image: '/tray/linux/dark-panel/ringing-22.png', tooltip: ringing.tooltip });
  expect(panel().menu.map((item) => item.label ?? item.type)).toEqual([
    'Anna Berg · 1001 · Caller 1 is calling',
    'No missed calls',
    'My calls',
    'separator',
    'Call…',
    'Call copied number',
    'Redial',
    'separator',
    'No favourites yet',
    'No recent calls',
    'separator',
    'Pause notifications',
    'Ignore links for 10 minutes',
    'Settings…',
    'separator',
    'Quit Traydial',
  ]);
});

test('follows the program and redraws only changes', async () => {
  const icon = iconOn('linux');
  icon.update(quiet, 'light-panel');
  const drawn = panel().redraws;
  icon.update({ ...quiet }, 'light-panel');
  expect(panel().redraws).toBe(drawn);
  icon.update(ringing, 'light-panel');
  expect(panel().image).toBe('/tray/linux/light-panel/ringing-22.png');
  await clock.advance(1_000);
  expect(panel().tooltip).toBe(ringing.tooltip);
  expect(entry('Caller 1 – ringing')).toBeDefined();
  icon.update(ringing, 'colour');
  expect(panel().image).toBe('/tray/linux/colour/ringing-22.png');
});

test('shows the number of calls on macOS only', () => {
  iconOn('linux').update(ringing, 'colour');
  expect(panel().title).toBe('');
  iconOn('darwin').update(ringing, 'dark-panel');
  expect(panel()).toMatchObject({ title: '1', image: '/tray/darwin/ringingTemplate.png' });
});

describe('a click', () => {
  test('on an entry runs its action', () => {
    iconOn('linux').update(quiet, 'colour');
    click('Quit Traydial');
    click('For 30 minutes');
    expect(actions).toEqual([{ type: 'quit' }, { type: 'pause', until: 'half-hour' }]);
  });

  test('on the icon opens the window where a click does not open the menu', () => {
    for (const platform of ['win32', 'linux', 'darwin'] as const) {
      iconOn(platform).update(quiet, 'colour');
      panel().emit('click');
    }
    expect(actions).toEqual([{ type: 'open' }, { type: 'open' }]);
  });

  test('on a tick that changes nothing restores the tick', async () => {
    iconOn('linux').update(pausedModel(NOW + 60_000), 'colour');
    entry('For 30 minutes').checked = false; // Electron does this before it reports the click.
    click('For 30 minutes');
    await clock.advance(1_000);
    expect(entry('For 30 minutes').checked).toBe(true);
  });

  test('that changes the menu at once shows the new menu', async () => {
    const icon = iconOn('linux');
    icon.update(quiet, 'colour');
    onAction = () => icon.update(pausedModel(NOW + 60_000), 'colour');
    click('For 30 minutes');
    await clock.advance(1_000);
    expect(entry('For 30 minutes').checked).toBe(true);
    expect(entry('Resume notifications').enabled).not.toBe(false);
  });

  test.each<NodeJS.Platform>(['win32', 'linux'])(
    'on a line of the previous menu still works (%s)',
    async (platform) => {
      const icon = iconOn(platform);
      icon.update(quiet, 'colour');
      const before = entry('Settings…');
      icon.update(pausedModel(NOW + 60_000), 'colour');
      await clock.advance(1_000);
      expect(panel().menus).toHaveLength(2);
      (before.click as () => void)();
      expect(actions).toEqual([{ type: 'settings' }]);
    },
  );
});

describe('the menu on Linux, where a new menu loses pending clicks', () => {
  const paused = (minutes: number): TrayModel => pausedModel(NOW + minutes * 60_000);
  const menus = (): number => panel().menus.length;

  test('is set at most once a second, and ends with the newest', async () => {
    const icon = iconOn('linux');
    for (let minutes = 1; minutes <= 9; minutes++) {
      icon.update(paused(minutes), 'colour');
      await clock.advance(100);
    }
    expect(menus()).toBe(1);
    await clock.advance(1_000);
    expect(menus()).toBe(2);
    expect(panel().menu).toHaveLength(quiet.menu.length);
    expect(JSON.stringify(panel().menu)).toContain(JSON.stringify(paused(9).menu[11]).match(/until [^"]+/)?.[0]);
  });

  test('is not renewed by the tooltip in between: Chromium sets the menu again with every tooltip', async () => {
    const icon = iconOn('linux');
    icon.update(quiet, 'colour');
    icon.update({ ...quiet, tooltip: 'Traydial: Anna is calling' }, 'colour');
    expect(panel().tooltip).toBe(quiet.tooltip);
    await clock.advance(1_000);
    expect([panel().tooltip, menus()]).toEqual(['Traydial: Anna is calling', 1]);
  });

  test('is not set for a change that was reverted in between', async () => {
    const icon = iconOn('linux');
    icon.update(quiet, 'colour');
    icon.update(paused(1), 'colour');
    icon.update(quiet, 'colour');
    await clock.advance(5_000);
    expect(menus()).toBe(1);
  });

  test('says who calls as soon as the icon shows that it rings', async () => {
    const icon = iconOn('linux');
    icon.update(quiet, 'colour');
    icon.update(ringing, 'colour');
    expect(panel().image).toContain('ringing');
    expect(panel().menu[0]?.label).toMatch(/is calling$/);
    icon.update(quiet, 'colour');
    expect(menus()).toBe(2);
    await clock.advance(1_000);
    expect(menus()).toBe(3);
  });

  test('is not set while a submenu is open, until a click or for ten seconds', async () => {
    const icon = iconOn('linux');
    icon.update(quiet, 'colour');
    await clock.advance(1_000);
    panel()
      .menus[0]?.items.find(({ submenu }) => submenu !== null)
      ?.submenu?.emit('menu-will-show');
    icon.update(ringing, 'colour');
    await clock.advance(9_000);
    expect(menus()).toBe(1);
    await clock.advance(1_000);
    expect(menus()).toBe(2);
    panel()
      .menus[1]?.items.find(({ submenu }) => submenu !== null)
      ?.submenu?.emit('menu-will-show');
    icon.update(quiet, 'colour');
    await clock.advance(1_000);
    click('Until tomorrow');
    expect(menus()).toBe(3);
  });

  test('is not set while a submenu of a call is open', async () => {
    const icon = iconOn('linux');
    icon.update(ringing, 'colour');
    await clock.advance(1_000);
    const calls = panel().menus[0]?.items.find(({ label }) => label === 'My calls')?.submenu;
    calls?.emit('menu-will-show');
    await clock.advance(9_000);
    calls?.items[0]?.submenu?.emit('menu-will-show');
    icon.update(quiet, 'colour');
    await clock.advance(9_000);
    expect(menus()).toBe(1);
    await clock.advance(1_000);
    expect(menus()).toBe(2);
  });

  test('is set at once on other systems', () => {
    const icon = iconOn('darwin');
    icon.update(quiet, 'colour');
    icon.update(ringing, 'colour');
    expect(menus()).toBe(2);
  });
});

test('an icon that a panel does not list is created again with the same image, tooltip and menu', () => {
  const icon = iconOn('linux');
  icon.update(quiet, 'colour');
  icon.update(ringing, 'colour');
  const before = panel();
  icon.recreate();
  expect(before.gone).toBe(true);
  expect(panel()).not.toBe(before);
  expect(panel()).toMatchObject({ image: '/tray/linux/colour/ringing-22.png', tooltip: ringing.tooltip });
  expect(entry('Caller 1 – ringing')).toBeDefined();
  icon.destroy();
  icon.recreate();
  expect(panel().gone).toBe(true);
});

test('an error of the desktop that rejects the icon is reported once, and the icon is not created again', () => {
  FakeTray.refuses = true;
  const icon = iconOn('linux');
  icon.update(quiet, 'colour');
  FakeTray.refuses = false;
  icon.update(ringing, 'colour');
  expect(failures).toEqual(['Error: no tray']);
  expect(FakeTray.last).toBe(null);
});

test('the icon is removed when the program quits', () => {
  const icon = iconOn('linux');
  icon.update(quiet, 'colour');
  icon.destroy();
  expect(panel().gone).toBe(true);
});
