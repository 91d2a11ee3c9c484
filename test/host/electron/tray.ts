import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import type { Tray } from 'electron/main';
import { desktop } from '../desktop.ts';
import { makeEvent } from '../event.ts';
import { becomeDestroyed, guardedClass } from '../guard.ts';
import { onlyWhenReady } from '../ready.ts';
import { trayIconsAre } from '../system-tools.ts';
import type { HostMenu, MenuLine } from './menu.ts';
import { nativeImage, type HostNativeImage } from './native-image.ts';

type Picture = HostNativeImage | string;
type Simulated = Pick<
  Tray,
  'setToolTip' | 'setTitle' | 'getTitle' | 'destroy' | 'isDestroyed' | 'getBounds' | 'setIgnoreDoubleClickEvents'
>;

/** Existing trays, oldest first. */
export const trays: HostTray[] = [];
let nextKey = 1;

class HostTray extends EventEmitter implements Simulated {
  #image: HostNativeImage;
  #tooltip = '';
  #title = '';
  #menu: HostMenu | null = null;
  #lines: MenuLine[] | null = null;
  #firstKey = 0;
  #destroyed = false;
  /** Created without a panel: Electron fell back to another kind of icon and keeps it. */
  readonly #registered = desktop.panel;

  constructor(image: Picture) {
    onlyWhenReady('Cannot create Tray before app is ready');
    super();
    this.#image = toImage(image);
    trays.push(this);
    trayIconsAre(trays.some((tray) => tray.hostRegistered()));
  }

  setImage(image: Picture): void {
    this.#image = toImage(image);
  }
  setToolTip(tooltip: string): void {
    this.#tooltip = tooltip;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  /** A snapshot: on Linux later changes of an item show only after the menu was set again. */
  setContextMenu(menu: HostMenu | null): void {
    this.#menu = menu;
    this.#firstKey = nextKey;
    this.#number();
  }
  setIgnoreDoubleClickEvents(): void {}
  getBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 1880, y: 0, width: 24, height: 24 };
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    trays.splice(trays.indexOf(this), 1);
    trayIconsAre(trays.some((tray) => tray.hostRegistered()));
    becomeDestroyed(this);
  }

  hostClick(button: 'click' | 'right-click' | 'double-click'): void {
    this.emit(button, makeEvent(), this.getBounds(), { x: 0, y: 0 });
  }
  /** Clicks an item and redraws its tick, as the desktop does. */
  hostChoose(line: MenuLine): void {
    const menu = this.#menu;
    line.click();
    if (!this.#destroyed && menu === this.#menu && (line.type === 'checkbox' || line.type === 'radio')) {
      this.#number();
    }
  }
  /** Each menu gets new keys, so that a click on a line of an earlier menu finds nothing. */
  #number(): void {
    let key = this.#firstKey;
    this.#lines = this.#menu?.hostLines(() => key++) ?? null;
    nextKey = Math.max(nextKey, key);
  }
  hostRegistered(): boolean {
    return this.#registered;
  }
  hostShown() {
    const icon = this.#image.hostPath;
    return { icon, iconName: basename(icon), tooltip: this.#tooltip, title: this.#title, menu: this.#lines };
  }
  hostPicture(): Buffer {
    return this.#image.toPNG();
  }
}

function toImage(image: Picture): HostNativeImage {
  return typeof image === 'string' ? nativeImage.createFromPath(image) : image;
}

guardedClass('Tray', HostTray);
export { HostTray };
