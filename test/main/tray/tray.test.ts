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
import { ManualClock } from '../../support/manual-clock.ts';
import { call, NOW, stateWith } from './state-fixture.ts';

/** A panel: it shows what it was last given, and counts how often it had to redraw. */
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
  items: { label: string | undefined; submenu: EventEmitter | undefined }[];
}

function buildMenu(template: MenuItemConstructorOptions[]): FakeMenu {
  const items = template.map(({ label, submenu }) => ({
    label,
    submenu: submenu === undefined ? undefined : new EventEmitter(),
  }));
  return { template, items };
}

/** Only what TrayIcon hands over is looked at: paths stand for images, templates for menus. */
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
    folder: '/tray',
    scale: () => 1,
    onAction: (action) => {
      actions.push(action);
      onAction(action);
    },
    onFailure: (detail) => failures.push(detail),
  });
}

const quiet = trayModel(stateWith(), NOW);
const ringing = trayModel(stateWith({ calls: { calls: [call('1')] } }), NOW);
const pausedModel = (until: number | null): TrayModel => trayModel(stateWith({ desktop: { pausedUntil: until } }), NOW);

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

test("Electron's own classes fit", () => {
  expectTypeOf<{ Tray: typeof RealTray; Menu: typeof RealMenu; nativeImage: typeof realImage }>().toExtend<TrayParts>();
});

test('shows icon, tooltip and menu', () => {
  iconOn('linux').update(ringing, 'dark-panel');
  expect(panel()).toMatchObject({ image: '/tray/linux/dark-panel/ringing-22.png', tooltip: ringing.tooltip });
  expect(panel().menu.map((item) => item.label ?? item.type)).toEqual([
    'Open Traydial',
    'Dial…',
    'separator',
    'Dial from clipboard',
    'Redial',
    'Favourites',
    'Recent numbers',
    'My calls',
    'separator',
    'Pause notifications',
    'Settings…',
    'separator',
    'Quit Traydial',
  ]);
});

test('follows the program and draws nothing twice', async () => {
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
  test('on an entry asks for its action', () => {
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

  test('on a tick that changes nothing puts the tick back', async () => {
    iconOn('linux').update(pausedModel(NOW + 60_000), 'colour');
    entry('For 30 minutes').checked = false; // Electron does this before it tells of the click.
    click('For 30 minutes');
    await clock.advance(1_000);
    expect(entry('For 30 minutes').checked).toBe(true);
  });

  test('that changes the menu at once leaves the new menu', async () => {
    const icon = iconOn('linux');
    icon.update(quiet, 'colour');
    onAction = () => icon.update(pausedModel(NOW + 60_000), 'colour');
    click('For 30 minutes');
    await clock.advance(1_000);
    expect(entry('For 30 minutes').checked).toBe(true);
    expect(entry('Resume notifications').enabled).not.toBe(false);
  });

  test('on a line of the menu before still acts', () => {
    const icon = iconOn('win32');
    icon.update(quiet, 'colour');
    const before = entry('Settings…');
    icon.update(pausedModel(NOW + 60_000), 'colour');
    (before.click as () => void)();
    expect(actions).toEqual([{ type: 'settings' }]);
  });
});

describe('the menu on Linux, where a new menu loses clicks that are under way', () => {
  const paused = (minutes: number): TrayModel => pausedModel(NOW + minutes * 60_000);
  const menus = (): number => panel().menus.length;

  test('is set once a second at most, and ends with the newest', async () => {
    const icon = iconOn('linux');
    for (let minutes = 1; minutes <= 9; minutes++) {
      icon.update(paused(minutes), 'colour');
      await clock.advance(100);
    }
    expect(menus()).toBe(1);
    await clock.advance(1_000);
    expect(menus()).toBe(2);
    expect(panel().menu).toHaveLength(quiet.menu.length);
    expect(JSON.stringify(panel().menu)).toContain(JSON.stringify(paused(9).menu[9]).match(/until [^"]+/)?.[0]);
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
    icon.update(ringing, 'colour');
    icon.update(quiet, 'colour');
    await clock.advance(5_000);
    expect(menus()).toBe(1);
  });

  test('is not set while a submenu is open, until a click or for ten seconds', async () => {
    const icon = iconOn('linux');
    icon.update(quiet, 'colour');
    await clock.advance(1_000);
    panel()
      .menus[0]?.items.find(({ submenu }) => submenu !== undefined)
      ?.submenu?.emit('menu-will-show');
    icon.update(ringing, 'colour');
    await clock.advance(9_000);
    expect(menus()).toBe(1);
    await clock.advance(1_000);
    expect(menus()).toBe(2);
    panel()
      .menus[1]?.items.find(({ submenu }) => submenu !== undefined)
      ?.submenu?.emit('menu-will-show');
    icon.update(quiet, 'colour');
    await clock.advance(1_000);
    click('Until tomorrow');
    expect(menus()).toBe(3);
  });

  test('is set at once elsewhere', () => {
    const icon = iconOn('darwin');
    icon.update(quiet, 'colour');
    icon.update(ringing, 'colour');
    expect(menus()).toBe(2);
  });
});

test('an icon that a panel does not list is made again with the same image, tooltip and menu', () => {
  const icon = iconOn('linux');
  icon.update(quiet, 'colour');
  icon.update(ringing, 'colour');
  const before = panel();
  icon.makeAgain();
  expect(before.gone).toBe(true);
  expect(panel()).not.toBe(before);
  expect(panel()).toMatchObject({ image: '/tray/linux/colour/ringing-22.png', tooltip: ringing.tooltip });
  expect(entry('Caller 1 – ringing')).toBeDefined();
  icon.destroy();
  icon.makeAgain();
  expect(panel().gone).toBe(true);
});

test('a desktop that refuses the icon is reported once and not asked again', () => {
  FakeTray.refuses = true;
  const icon = iconOn('linux');
  icon.update(quiet, 'colour');
  FakeTray.refuses = false;
  icon.update(ringing, 'colour');
  expect(failures).toEqual(['Error: no tray']);
  expect(FakeTray.last).toBe(null);
});

test('the icon goes when the program quits', () => {
  const icon = iconOn('linux');
  icon.update(quiet, 'colour');
  icon.destroy();
  expect(panel().gone).toBe(true);
});
