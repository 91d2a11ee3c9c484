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
  /** The value of XDG_CURRENT_DESKTOP; '' if it is not set. */
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

/**
 * Platforms on which a click on the icon opens the window. Not macOS, where it opens the menu. On Linux the panel
 * decides what counts as a click.
 */
const CLICK_OPENS_WINDOW: readonly NodeJS.Platform[] = ['win32', 'linux'];

const NOTHING_SHOWN = { image: '', tooltip: '', title: '', menu: '' };

/** The tray icon. Calls Electron only when something has changed, because each call makes some panels flicker. */
export class TrayIcon {
  readonly #options: TrayIconOptions;
  readonly #pace: MenuPace;
  #tray: InstanceType<TrayParts['Tray']> | null = null;
  /** The icon was destroyed, or the desktop refused it. It is not created again. */
  #isGone = false;
  #last: { model: TrayModel; flavour: TrayFlavour } | null = null;
  #shown = { ...NOTHING_SHOWN };
  /**
   * The current menu and the previous one. The reference keeps the previous menu from being garbage-collected while a
   * click on one of its entries may still be under way.
   */
  #menus: ElectronMenu[] = [];

  constructor(options: TrayIconOptions) {
    this.#options = options;
    this.#pace = new MenuPace(options.clock, options.platform);
  }

  /** Shows the model; the first call creates the icon. */
  update(model: TrayModel, flavour: TrayFlavour): void {
    if (this.#isGone) return;
    this.#last = { model, flavour };
    try {
      this.#update(model, flavour);
    } catch (error) {
      this.destroy();
      this.#options.onFailure(String(error));
    }
  }

  /** Removes the icon and shows a new one, for a panel that did not register the current icon. */
  recreate(): void {
    if (this.#isGone || this.#last === null) return;
    this.#tray?.destroy();
    this.#tray = null;
    this.#shown = { ...NOTHING_SHOWN };
    this.#pace.reset();
    this.update(this.#last.model, this.#last.flavour);
  }

  destroy(): void {
    this.#isGone = true;
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
    // The menu must say who is calling as soon as the icon shows a ringing call.
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
    if (CLICK_OPENS_WINDOW.includes(this.#options.platform))
      tray.on('click', () => this.#options.onAction({ type: 'open' }));
    return tray;
  }

  /**
   * Shows the newest menu and tooltip as soon as MenuPace allows. On Linux setting the tooltip gives the menu entries
   * new IDs, too, so a click under way would be lost. Therefore the tooltip waits with the menu.
   */
  #menuChanged(isUrgent = false): void {
    this.#pace.run(() => {
      if (this.#tray === null || this.#last === null) return;
      const { tooltip, menu: items } = this.#last.model;
      const menu = JSON.stringify(items);
      const previous = { ...this.#shown };
      Object.assign(this.#shown, { tooltip, menu });
      if (tooltip !== previous.tooltip) this.#tray.setToolTip(tooltip);
      if (menu !== previous.menu) this.#setMenu(this.#tray, items);
    }, isUrgent);
  }

  #setMenu(tray: InstanceType<TrayParts['Tray']>, items: TrayMenuItem[]): void {
    // Linux shows changed items only after the whole menu has been set again.
    const menu = this.#options.Menu.buildFromTemplate(items.map((item) => this.#entry(item)));
    this.#menus = [menu, ...this.#menus.slice(0, 1)];
    // On Linux the only event is the opening of a submenu: there is none for the menu itself, and none for closing.
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
            // Electron changes the tick itself, even if the click has no effect, so the menu must be set again.
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
