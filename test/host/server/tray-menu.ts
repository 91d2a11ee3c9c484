import type { MenuLine } from '../electron/menu.ts';
import type { HostTray } from '../electron/tray.ts';
import type { ActResult } from './act-result.ts';

/** Clicks the item with this key; an item of a replaced menu does nothing. */
export function chooseTrayKey(tray: HostTray | undefined, key: number): ActResult {
  const line = lineWith(tray?.hostShown().menu ?? [], key);
  if (tray === undefined || line === undefined) return refuse(404, `The tray menu has no item ${key} (any more).`);
  if (!line.enabled) return refuse(409, `The tray menu item "${line.label}" is disabled.`);
  tray.hostChoose(line);
  return { ok: true };
}

/** Opens the submenu of the item with this key. */
export function openTraySubmenu(tray: HostTray | undefined, key: number): ActResult {
  const line = lineWith(tray?.hostShown().menu ?? [], key);
  if (line === undefined) return refuse(404, `The tray menu has no item ${key} (any more).`);
  line.open();
  return { ok: true };
}

function lineWith(lines: MenuLine[], key: number): MenuLine | undefined {
  for (const line of lines) {
    const found = line.key === key ? line : lineWith(line.submenu ?? [], key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Clicks the item at the path of labels (or ids), or the first item anywhere with the one label given. */
export function chooseTrayItem(tray: HostTray | undefined, wanted: string[] | string | undefined): ActResult {
  if (wanted === undefined) return refuse(400, '"tray-menu" needs "path" (a list of labels) or "label".');
  if (tray === undefined) return refuse(404, 'The desktop shows no tray icon of the app.');
  const menu = tray.hostShown().menu;
  if (menu === null) return refuse(404, 'The tray icon has no menu.');
  const path = typeof wanted === 'string' ? (pathTo(menu, wanted) ?? [wanted]) : wanted;

  let lines = menu;
  for (const [depth, name] of path.entries()) {
    const line = lines.find((other) => matches(other, name));
    if (line === undefined) return refuse(404, `No tray menu item "${name}". There are: ${labels(lines)}.`);
    if (!line.enabled) return refuse(409, `The tray menu item "${name}" is disabled.`);
    if (depth < path.length - 1) lines = line.submenu ?? [];
    else if (line.submenu !== null) return refuse(400, `"${name}" is a submenu. It holds: ${labels(line.submenu)}.`);
    else tray.hostChoose(line);
  }
  return { ok: true };
}

function pathTo(lines: MenuLine[], label: string): string[] | null {
  for (const line of lines) {
    if (matches(line, label)) return [label];
    const below = pathTo(line.submenu ?? [], label);
    if (below !== null) return [line.label, ...below];
  }
  return null;
}

/** An & marks the access key and is not visible. */
function matches(line: MenuLine, name: string): boolean {
  return line.visible && line.type !== 'separator' && [line.label, line.label.replace('&', ''), line.id].includes(name);
}

function labels(lines: MenuLine[]): string {
  const seen = lines.filter((line) => line.visible && line.type !== 'separator').map((line) => `"${line.label}"`);
  return seen.length === 0 ? 'none' : seen.join(', ');
}

function refuse(status: 400 | 404 | 409, message: string): ActResult {
  return { ok: false, status, message };
}
