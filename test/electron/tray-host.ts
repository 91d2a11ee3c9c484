import { DBusError, Variant } from '@jellybrick/dbus-next';
import type { MenuState } from '../host/server/state.ts';
import { untilWorks } from '../support/children.ts';
import { callMethod, listen, processOf, serve, signal, type MessageBus } from './bus.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';
const PATH = '/StatusNotifierWatcher';

interface Item {
  service: string;
  path: string;
  pid: number;
}

/** An icon in the item's format: 32-bit pixels, alpha first. */
export interface Pixmap {
  width: number;
  height: number;
  argb: Uint8Array;
}

export interface ShownItem {
  title: string;
  tooltip: string;
  status: string;
  /** The largest. */
  icon: Pixmap | null;
}

type Properties = Record<string, unknown>;
/** A dbusmenu item: its id, its properties and its children. */
type Layout = [id: number, properties: Properties, children: Layout[]];

/** The part of a panel that shows tray icons (StatusNotifierItem): requests icon and menu from each program. */
export class TrayHost {
  readonly #bus: MessageBus;
  #items: Item[] = [];

  private constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  /** Without `open` the desktop has no tray until `appear()`. */
  static async start(bus: MessageBus, open: boolean): Promise<TrayHost> {
    const host = new TrayHost(bus);
    serve(bus, {
      [`${WATCHER}.RegisterStatusNotifierItem`]: async ({ sender, body }) => {
        await host.#register(sender, String(body[0]));
        return [''];
      },
      [`${WATCHER}.RegisterStatusNotifierHost`]: () => [''],
      'org.freedesktop.DBus.Properties.Get': ({ body }) => ['v', host.#properties()[String(body[1])]],
      'org.freedesktop.DBus.Properties.GetAll': () => ['a{sv}', host.#properties()],
    });
    await listen(bus, "member='NameOwnerChanged',interface='org.freedesktop.DBus'", ({ member, body }) => {
      if (member === 'NameOwnerChanged' && body[2] === '') host.#forget(String(body[0]));
    });
    if (open) await host.appear();
    return host;
  }

  /** Acts like a panel that starts or restarts. */
  async appear(): Promise<void> {
    await this.#bus.requestName(WATCHER);
  }

  /** Acts like a panel that ends. */
  async vanish(): Promise<void> {
    this.#items = [];
    await this.#bus.releaseName(WATCHER);
  }

  /** The processes that have an icon here. */
  get pids(): number[] {
    return this.#items.map((item) => item.pid);
  }

  /** The icon of a process; null while it has none. */
  async shown(pid: number): Promise<ShownItem | null> {
    const item = this.#items.findLast((other) => other.pid === pid);
    if (item === undefined) return null;
    const [all] = (await callMethod(this.#bus, {
      destination: item.service,
      path: item.path,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'GetAll',
      signature: 's',
      body: [ITEM],
    })) as [Properties];
    const [, , title, text] = (all['ToolTip'] ?? ['', [], '', '']) as [string, unknown, string, string];
    return {
      title: textOf(all['Title']),
      tooltip: [title, text].filter((part) => part !== '').join('\n'),
      status: textOf(all['Status']),
      icon: readPixmap(all['IconPixmap']),
    };
  }

  async menu(pid: number): Promise<MenuState[] | null> {
    const layout = await this.#layout(pid);
    return layout === null ? null : layout[2].map(readLine);
  }

  /** Opens the submenu with this id, as a panel does before it draws it. */
  async openSubmenu(pid: number, id: number): Promise<void> {
    await this.#askMenu(pid, 'AboutToShow', 'i', [id]);
  }

  /** Clicks the item with this id once; rejects when the menu was replaced since the id was read. */
  async click(pid: number, id: number): Promise<void> {
    await this.#askMenu(pid, 'Event', 'isvu', [id, 'clicked', new Variant('i', 0), 0]);
  }

  /** Clicks the item at the path of labels; rejects with the existing items. */
  async choose(pid: number, path: readonly string[]): Promise<void> {
    // A click is lost when the menu was replaced since it was read; a user would click again.
    await untilWorks(
      async () => {
        let line = await this.#layout(pid);
        for (const label of path) {
          const lines: Layout[] = line?.[2] ?? [];
          line = lines.find((other) => matches(other, label)) ?? null;
          if (line === null)
            throw new Error(`No tray menu item "${label}". There are: ${lines.map(labelOf).join(', ')}.`);
        }
        if (line !== null) await this.click(pid, line[0]);
      },
      (error) => error instanceof DBusError && error.text.includes('Event'),
    );
  }

  /** A click on the icon. */
  async activate(pid: number): Promise<void> {
    const { service, path } = this.#find(pid);
    await callMethod(this.#bus, {
      destination: service,
      path,
      interface: ITEM,
      member: 'Activate',
      signature: 'ii',
      body: [0, 0],
    });
  }

  async #register(sender: string, service: string): Promise<void> {
    const item = service.startsWith('/')
      ? { service: sender, path: service }
      : { service, path: '/StatusNotifierItem' };
    const pid = await processOf(this.#bus, sender);
    this.#items = this.#items.filter((other) => other.service !== item.service || other.path !== item.path);
    this.#items.push({ ...item, pid });
    signal(this.#bus, PATH, `${WATCHER}.StatusNotifierItemRegistered`, 's', item.service + item.path);
  }

  #forget(service: string): void {
    const gone = this.#items.filter((item) => item.service === service);
    this.#items = this.#items.filter((item) => item.service !== service);
    for (const item of gone)
      signal(this.#bus, PATH, `${WATCHER}.StatusNotifierItemUnregistered`, 's', item.service + item.path);
  }

  #properties(): Record<string, Variant> {
    const items = this.#items.map((item) => item.service + item.path);
    return {
      RegisteredStatusNotifierItems: new Variant('as', items),
      IsStatusNotifierHostRegistered: new Variant('b', true),
      ProtocolVersion: new Variant('i', 0),
    };
  }

  #find(pid: number): Item {
    const item = this.#items.findLast((other) => other.pid === pid);
    if (item === undefined) throw new Error('The tray shows no icon of the program.');
    return item;
  }

  async #layout(pid: number): Promise<Layout | null> {
    if (!this.#items.some((item) => item.pid === pid)) return null;
    const [, root] = await this.#askMenu(pid, 'GetLayout', 'iias', [0, -1, []]);
    return root as Layout;
  }

  async #askMenu(pid: number, member: string, signature: string, body: unknown[]): Promise<unknown[]> {
    const { service, path } = this.#find(pid);
    const [menu] = await callMethod(this.#bus, {
      destination: service,
      path,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: [ITEM, 'Menu'],
    });
    return callMethod(this.#bus, {
      destination: service,
      path: String(menu),
      interface: MENU,
      member,
      signature,
      body,
    });
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function readPixmap(value: unknown): Pixmap | null {
  const all = (value ?? []) as [number, number, Uint8Array][];
  const [largest] = all.toSorted((one, other) => other[0] - one[0]);
  return largest === undefined ? null : { width: largest[0], height: largest[1], argb: Uint8Array.from(largest[2]) };
}

/** dbusmenu marks an access key with _ and Electron with &; both write the sign itself twice. */
function labelOf([, properties]: Layout): string {
  const label = textOf(properties['label']);
  return label.replaceAll('&', '&&').replace(/__|_/g, (sign) => (sign === '__' ? '_' : '&'));
}

function matches(line: Layout, name: string): boolean {
  const label = labelOf(line);
  return line[1]['visible'] !== false && [label, label.replace('&', '')].includes(name);
}

function readLine(line: Layout): MenuState {
  const [id, properties, children] = line;
  const toggle = properties['toggle-type'];
  const submenu = properties['children-display'] === 'submenu';
  const plainType = properties['type'] === 'separator' ? 'separator' : submenu ? 'submenu' : 'normal';
  const state: Omit<MenuState, 'submenu'> = {
    id: String(id),
    key: id,
    type: toggle === 'checkmark' ? 'checkbox' : toggle === 'radio' ? 'radio' : plainType,
    label: labelOf(line),
    sublabel: '',
    enabled: properties['enabled'] !== false,
    visible: properties['visible'] !== false,
    checked: properties['toggle-state'] === 1,
  };
  return submenu ? { ...state, submenu: children.map(readLine) } : state;
}
