import { processOf, serve, signal, type MessageBus, type Reply } from './bus.ts';

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';
const URGENCIES = ['low', 'normal', 'critical'] as const;
/** The specification's numbers for why a notification was closed. */
const REASON = { expired: 1, dismissed: 2, closed: 3 } as const;

/** `shown`: works; `absent`: there is no notification service; `hanging`: it accepts calls and never answers. */
export type ServerMode = 'shown' | 'absent' | 'hanging';

export interface TakenNotification {
  id: number;
  pid: number;
  app: string;
  title: string;
  body: string;
  urgency: (typeof URGENCIES)[number];
  silent: boolean;
  /** Keys and texts of its buttons; the key `default` is a click on its body. */
  actions: { key: string; text: string }[];
  /** In ms; -1 leaves it to the server, 0 is for ever. */
  expireMs: number;
  state: 'shown' | 'clicked' | 'closed' | 'expired';
}

/** A notification daemon that records what it is asked to show; specs click and expire its notifications. */
export class NotificationServer {
  readonly #bus: MessageBus;
  readonly taken: TakenNotification[] = [];
  /** Leaves a clicked notification on the screen until the program closes it, as some daemons do. */
  keepsClicked = false;
  #mode: ServerMode = 'absent';
  #lastId = 0;

  private constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  static async start(bus: MessageBus, mode: ServerMode): Promise<NotificationServer> {
    const server = new NotificationServer(bus);
    const answer = (reply: Reply): Reply => (server.#mode === 'hanging' ? null : reply);
    serve(bus, {
      [`${NAME}.GetCapabilities`]: () => answer(['as', ['actions', 'body', 'body-markup', 'icon-static']]),
      [`${NAME}.GetServerInformation`]: () => answer(['ssss', 'traydial-test', 'traydial', '1', '1.2']),
      [`${NAME}.Notify`]: async ({ sender, body }) =>
        server.#mode === 'hanging' ? null : ['u', await server.#take(sender, body)],
      [`${NAME}.CloseNotification`]: ({ body }) => {
        server.#end(
          server.taken.find(({ id }) => id === body[0]),
          'closed',
          REASON.closed,
        );
        return answer(['']);
      },
    });
    await server.become(mode);
    return server;
  }

  async become(mode: ServerMode): Promise<void> {
    if (mode === 'absent' && this.#mode !== 'absent') await this.#bus.releaseName(NAME);
    if (mode !== 'absent' && this.#mode === 'absent') await this.#bus.requestName(NAME);
    this.#mode = mode;
  }

  /** The user clicks its body, or the button with the index. Most servers then close it. */
  click(notification: TakenNotification, button: number | null): void {
    const buttons = notification.actions.filter(({ key }) => key !== 'default');
    const key = button === null ? 'default' : buttons[button]?.key;
    if (key === undefined) throw new Error(`The notification has no button ${String(button)}.`);
    signal(this.#bus, PATH, `${NAME}.ActionInvoked`, 'us', notification.id, key);
    if (!this.keepsClicked) this.#end(notification, 'clicked', REASON.dismissed);
  }

  dismiss(notification: TakenNotification): void {
    this.#end(notification, 'closed', REASON.dismissed);
  }

  expire(notification: TakenNotification): void {
    this.#end(notification, 'expired', REASON.expired);
  }

  async #take(sender: string, message: unknown[]): Promise<number> {
    const [app, replaces, , title, body, actions, hints, expireMs] = message as [
      string,
      number,
      string,
      string,
      string,
      string[],
      Record<string, { value: unknown } | undefined>,
      number,
    ];
    const old = this.taken.find(({ id, state }) => id === replaces && state === 'shown');
    const notification: TakenNotification = {
      id: old?.id ?? ++this.#lastId,
      pid: await processOf(this.#bus, sender),
      app,
      title,
      body,
      urgency: URGENCIES[Number(hints['urgency']?.value ?? 1)] ?? 'normal',
      silent: hints['suppress-sound']?.value === true,
      actions: pairs(actions),
      expireMs,
      state: 'shown',
    };
    if (old === undefined) this.taken.push(notification);
    else Object.assign(old, notification);
    return notification.id;
  }

  #end(notification: TakenNotification | undefined, state: TakenNotification['state'], reason: number): void {
    if (notification?.state !== 'shown') return;
    notification.state = state;
    signal(this.#bus, PATH, `${NAME}.NotificationClosed`, 'uu', notification.id, reason);
  }
}

function pairs(actions: readonly string[]): { key: string; text: string }[] {
  return actions.flatMap((key, index) => (index % 2 === 0 ? [{ key, text: actions[index + 1] ?? '' }] : []));
}
