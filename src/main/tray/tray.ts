import type { MenuItemConstructorOptions, Menu as ElectronMenu, NativeImage, Tray as ElectronTray } from 'electron';
import { trayIconPath, type TrayFlavour } from './icon-path.ts';
import type { TrayAction, TrayMenuItem } from './menu.ts';
import type { TrayModel } from './model.ts';

/** Electron's classes, as far as they are used here. */
export interface TrayParts {
  Tray: new (
    image: NativeImage,
  ) => Pick<ElectronTray, 'setImage' | 'setToolTip' | 'setTitle' | 'setContextMenu' | 'destroy' | 'on'>;
  Menu: { buildFromTemplate(template: MenuItemConstructorOptions[]): ElectronMenu };
  nativeImage: { createFromPath(path: string): NativeImage };
}

export interface TrayIconOptions extends TrayParts {
  platform: NodeJS.Platform;
  /** The folder resources/tray. */
  folder: string;
  /** The panel's display scale: screen.getPrimaryDisplay().scaleFactor. */
  scale: () => number;
  onAction(action: TrayAction): void;
  /** The desktop refused an icon; there will be none until the program starts again. */
  onFailure(detail: string): void;
}

/** macOS opens the menu on a click; on Linux "click" is whatever the panel takes for activation. */
const CLICK_OPENS: readonly NodeJS.Platform[] = ['win32', 'linux'];

/** The icon in the tray. Passes on only what changed: each call makes some panels flicker. */
export class TrayIcon {
  readonly #options: TrayIconOptions;
  #tray: InstanceType<TrayParts['Tray']> | null = null;
  /** There will be no icon any more: destroyed, or refused by the desktop. */
  #over = false;
  #image = '';
  #tooltip = '';
  #title = '';
  #menu = '';

  constructor(options: TrayIconOptions) {
    this.#options = options;
  }

  /** Shows the model; the first call creates the icon. */
  update(model: TrayModel, flavour: TrayFlavour): void {
    if (this.#over) return;
    try {
      this.#update(model, flavour);
    } catch (error) {
      this.destroy();
      this.#options.onFailure(String(error));
    }
  }

  destroy(): void {
    this.#over = true;
    this.#tray?.destroy();
    this.#tray = null;
  }

  #update(model: TrayModel, flavour: TrayFlavour): void {
    const { platform, folder, scale, nativeImage } = this.#options;
    const path = trayIconPath(folder, model.icon, flavour, { platform, scale: scale() });
    if (this.#tray === null) {
      this.#tray = this.#create(nativeImage.createFromPath(path));
    } else if (path !== this.#image) {
      this.#tray.setImage(nativeImage.createFromPath(path));
    }
    this.#image = path;
    if (model.tooltip !== this.#tooltip) this.#tray.setToolTip(model.tooltip);
    this.#tooltip = model.tooltip;
    if (platform === 'darwin' && model.title !== this.#title) this.#tray.setTitle(model.title);
    this.#title = model.title;

    // Linux shows changed items only after the whole menu was set again.
    const menu = JSON.stringify(model.menu);
    if (menu !== this.#menu) this.#setMenu(this.#tray, model.menu);
    this.#menu = menu;
  }

  #create(image: NativeImage): InstanceType<TrayParts['Tray']> {
    const tray = new this.#options.Tray(image);
    if (CLICK_OPENS.includes(this.#options.platform)) tray.on('click', () => this.#options.onAction({ type: 'open' }));
    return tray;
  }

  #setMenu(tray: InstanceType<TrayParts['Tray']>, items: TrayMenuItem[]): void {
    tray.setContextMenu(this.#options.Menu.buildFromTemplate(items.map((item) => this.#entry(item, tray, items))));
  }

  #entry(item: TrayMenuItem, tray: InstanceType<TrayParts['Tray']>, items: TrayMenuItem[]): MenuItemConstructorOptions {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'submenu':
        return { label: item.label, submenu: item.items.map((child) => this.#entry(child, tray, items)) };
      case 'item':
        return { label: item.label, click: () => this.#options.onAction(item.action) };
      case 'check':
        return {
          label: item.label,
          type: 'checkbox',
          checked: item.checked,
          click: () => {
            this.#options.onAction(item.action);
            // Electron flips the tick itself, also where the click changed nothing: the menu must say what is.
            if (this.#tray === tray && this.#menu === JSON.stringify(items)) this.#setMenu(tray, items);
          },
        };
    }
  }
}
