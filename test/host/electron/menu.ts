import { EventEmitter } from 'node:events';
import type { Menu, MenuItem, MenuItemConstructorOptions } from 'electron/main';
import { makeEvent } from '../event.ts';
import { guardedClass } from '../guard.ts';
import { app } from './app.ts';
import { HostBrowserWindow } from './browser-window.ts';

type Type = MenuItem['type'];

/** One line of a menu as a user sees it. */
export interface MenuLine {
  id: string;
  /** The key of this line until the next menu is set. */
  key: number;
  type: Type;
  label: string;
  sublabel: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  submenu: MenuLine[] | null;
  /** Clicks the line. */
  click: () => void;
  /** Opens its submenu. */
  open: () => void;
}

const ROLE_LABELS: Record<string, string> = { quit: 'Quit', close: 'Close', about: 'About', hide: 'Hide' };

class HostMenuItem implements Pick<
  MenuItem,
  'id' | 'label' | 'sublabel' | 'toolTip' | 'type' | 'enabled' | 'visible' | 'checked' | 'accelerator'
> {
  readonly id: string;
  readonly type: Type;
  // Electron sets null for what is missing, although its types say undefined.
  readonly role: NonNullable<MenuItemConstructorOptions['role']> | null;
  readonly submenu: HostMenu | null;
  readonly icon: NonNullable<MenuItemConstructorOptions['icon']> | null;
  readonly accelerator: string | null;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  /** Wraps the program's handler, as Electron does; calling it is a click. */
  click: () => void;

  constructor(options: MenuItemConstructorOptions) {
    const { submenu } = options;
    // Every Menu of the program is an instance of this class.
    const made = Array.isArray(submenu) ? HostMenu.buildFromTemplate(submenu) : ((submenu ?? null) as HostMenu | null);
    this.id = options.id ?? '';
    this.submenu = made;
    this.type = options.type ?? (made === null ? 'normal' : 'submenu');
    this.role = options.role ?? null;
    this.icon = options.icon ?? null;
    this.accelerator = options.accelerator ?? null;
    this.label = options.label ?? ROLE_LABELS[options.role ?? ''] ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = () => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.checked = true;
      const window = HostBrowserWindow.getFocusedWindow() ?? undefined;
      // Listeners are typed for Electron's classes but get the stand-ins here.
      (options.click as ((...args: unknown[]) => void) | undefined)?.(this, window, makeEvent());
      if (this.role === 'quit') app.quit();
    };
  }
}

class HostMenu extends EventEmitter {
  items: HostMenuItem[] = [];

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | HostMenuItem)[]): HostMenu {
    const menu = new HostMenu();
    menu.items = template.map((item) => (item instanceof HostMenuItem ? item : new HostMenuItem(item)));
    return menu;
  }
  static setApplicationMenu(menu: HostMenu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): HostMenu | null {
    return applicationMenu;
  }
  append(item: HostMenuItem): void {
    this.items.push(item);
  }
  getMenuItemById(id: string): HostMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }
  /** The current menu; Linux trays show it as it was when it was set. */
  hostLines(newKey: () => number): MenuLine[] {
    return this.items.map((item) => ({
      id: item.id,
      key: newKey(),
      type: item.type,
      label: item.label,
      sublabel: item.sublabel,
      enabled: item.enabled,
      visible: item.visible,
      checked: item.checked,
      submenu: item.submenu?.hostLines(newKey) ?? null,
      click: () => {
        if (item.type === 'radio') this.#uncheckGroupOf(item);
        item.click();
      },
      open: () => void item.submenu?.emit('menu-will-show', makeEvent()),
    }));
  }
  /** Radio items next to each other, up to a separator, form one group. */
  #uncheckGroupOf(item: HostMenuItem): void {
    let group: HostMenuItem[] = [];
    for (const other of this.items) {
      if (other.type !== 'radio') group = [];
      else group.push(other);
      if (other === item) break;
    }
    const rest = this.items.slice(this.items.indexOf(item) + 1);
    const end = rest.findIndex((other) => other.type !== 'radio');
    for (const other of [...group, ...rest.slice(0, end === -1 ? rest.length : end)]) other.checked = false;
  }
}

let applicationMenu: HostMenu | null = null;

// Compared with Electron's types: a removed name is a compile error.
HostMenu satisfies Record<
  Extract<keyof typeof Menu, 'buildFromTemplate' | 'setApplicationMenu' | 'getApplicationMenu'>,
  unknown
>;
HostMenu.buildFromTemplate([]) satisfies Record<Extract<keyof Menu, 'items' | 'append' | 'getMenuItemById'>, unknown>;

guardedClass('MenuItem', HostMenuItem);
guardedClass('Menu', HostMenu);
export { HostMenu, HostMenuItem };
