import type { MenuItemConstructorOptions, Menu as ElectronMenu, NativeImage, Tray as ElectronTray } from 'electron';
import type { Clock } from '../../core/clock.ts';
import { trayIconPath, type TrayFlavour } from './icon-path.ts';
import type { TrayAction, TrayMenuItem } from './menu.ts';
import { MenuPace } from './menu-pace.ts';
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
  /** XDG_CURRENT_DESKTOP; '' elsewhere. */
  desktop: string;
  clock: Clock;
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

const NOTHING_SHOWN = { image: '', tooltip: '', title: '', menu: '' };

/** The icon in the tray. Passes only changes on to Electron, because each call makes some panels flicker. */
export class TrayIcon {
  readonly #options: TrayIconOptions;
  readonly #pace: MenuPace;
  #tray: InstanceType<TrayParts['Tray']> | null = null;
  /** There will be no icon any more: destroyed, or refused by the desktop. */
  #over = false;
  #last: { model: TrayModel; flavour: TrayFlavour } | null = null;
  #shown = { ...NOTHING_SHOWN };
  /** The current menu and the one before, because a click on that may still be under way. */
  #menus: ElectronMenu[] = [];

  constructor(options: TrayIconOptions) {
    this.#options = options;
    this.#pace = new MenuPace(options.clock, options.platform);
  }

  /** Shows the model; the first call creates the icon. */
  update(model: TrayModel, flavour: TrayFlavour): void {
    if (this.#over) return;
    this.#last = { model, flavour };
    try {
      this.#update(model, flavour);
    } catch (error) {
      this.destroy();
      this.#options.onFailure(String(error));
    }
  }

  /** Removes the icon and shows a new one, for a panel that does not list this one. */
  recreate(): void {
    if (this.#over || this.#last === null) return;
    this.#tray?.destroy();
    this.#tray = null;
    this.#shown = { ...NOTHING_SHOWN };
    this.#pace.reset();
    this.update(this.#last.model, this.#last.flavour);
  }

  destroy(): void {
    this.#over = true;
    this.#pace.reset();
    this.#tray?.destroy();
    this.#tray = null;
  }

  #update(model: TrayModel, flavour: TrayFlavour): void {
    const { platform, desktop, folder, scale, nativeImage } = this.#options;
    const path = trayIconPath(folder, model.icon, flavour, {
      platform,
      desktop,
      scale: scale(),
      missed: model.missed,
    });
    const shown = this.#shown;
    // The menu must say who calls as soon as the icon shows that it rings.
    const isUrgent = model.icon === 'ringing' && path !== shown.image;
    if (this.#tray === null) {
      this.#tray = this.#create(nativeImage.createFromPath(path));
    } else if (path !== shown.image) {
      this.#tray.setImage(nativeImage.createFromPath(path));
    }
    shown.image = path;
    if (platform === 'darwin' && model.title !== shown.title) this.#tray.setTitle(model.title);
    shown.title = model.title;
    if (model.tooltip !== shown.tooltip || JSON.stringify(model.menu) !== shown.menu) this.#menuChanged(isUrgent);
  }

  #create(image: NativeImage): InstanceType<TrayParts['Tray']> {
    const tray = new this.#options.Tray(image);
    if (CLICK_OPENS.includes(this.#options.platform)) tray.on('click', () => this.#options.onAction({ type: 'open' }));
    return tray;
  }

  /**
   * Shows the newest menu and tooltip as soon as MenuPace allows. On Linux a new tooltip also renews the menu's ids.
   */
  #menuChanged(isUrgent = false): void {
    this.#pace.run(() => {
      if (this.#tray === null || this.#last === null) return;
      const { tooltip, menu: items } = this.#last.model;
      const menu = JSON.stringify(items);
      const shown = { ...this.#shown };
      Object.assign(this.#shown, { tooltip, menu });
      if (tooltip !== shown.tooltip) this.#tray.setToolTip(tooltip);
      if (menu !== shown.menu) this.#setMenu(this.#tray, items);
    }, isUrgent);
  }

  #setMenu(tray: InstanceType<TrayParts['Tray']>, items: TrayMenuItem[]): void {
    // Linux shows changed items only after the whole menu was set again.
    const menu = this.#options.Menu.buildFromTemplate(items.map((item) => this.#entry(item)));
    this.#menus = [menu, ...this.#menus.slice(0, 1)];
    // Linux reports only that a submenu was opened, not the menu itself, and not that one was closed.
    this.#watchSubmenus(menu);
    tray.setContextMenu(menu);
  }

  #watchSubmenus({ items }: Pick<ElectronMenu, 'items'>): void {
    // Electron sets null for a missing submenu, although its types say undefined.
    for (const { submenu } of items) {
      if (!submenu) continue;
      submenu.on('menu-will-show', () => this.#pace.inUse());
      this.#watchSubmenus(submenu);
    }
  }

  #entry(item: TrayMenuItem): MenuItemConstructorOptions {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'disabled':
        return { label: item.label, enabled: false };
      case 'submenu':
        return { label: item.label, submenu: item.items.map((child) => this.#entry(child)) };
      case 'item':
        return { label: item.label, click: () => this.#clicked(item.action) };
      case 'check':
        return {
          label: item.label,
          type: 'checkbox',
          checked: item.checked,
          click: () => {
            // Electron changes the tick itself, also where the click changes nothing, so the menu must be set again.
            this.#shown.menu = '';
            this.#clicked(item.action);
            this.#menuChanged();
          },
        };
    }
  }

  #clicked(action: TrayAction): void {
    this.#pace.closed();
    this.#options.onAction(action);
  }
}
