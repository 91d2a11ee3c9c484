import type { HostState, MenuState } from '../server/state.ts';

/** The page that shows the simulated desktop around the app's window and lets users act on it. */
const find = (id: string): HTMLElement => document.getElementById(id) ?? document.body;
let shown = '';

async function act(body: object): Promise<void> {
  const response = await fetch('/__host/act', { method: 'POST', body: JSON.stringify(body) });
  const answer = (await response.json()) as { ok: boolean; error?: string };
  find('problem').textContent = answer.error ?? '';
  await refresh();
}

async function refresh(): Promise<void> {
  const response = await fetch('/__host/state').catch(() => null);
  if (response === null) {
    find('problem').textContent = 'The app is not running any more.';
    return;
  }
  const text = await response.text();
  // Redraws only after changes, so that the focus stays.
  if (text === shown) return;
  shown = text;
  draw(JSON.parse(text) as HostState, text);
}

function draw(state: HostState, text: string): void {
  const { tray } = state;
  find('tray-icon').hidden = tray === null;
  find('tray-tooltip').textContent = tray?.tooltip ?? '';
  find('tray-picture').setAttribute('src', `/__host/tray-icon?${encodeURIComponent(tray?.icon ?? '')}`);
  find('tray-menu').replaceChildren(...(tray?.menu ?? []).map((line) => menuLine(line, [])));
  find('notifications').replaceChildren(
    ...state.notifications
      .slice(-8)
      .reverse()
      .map(({ id, title, body, state: what }) => {
        const button = makeButton(`${title} · ${body}`, { type: 'notification-click', id });
        button.disabled = what !== 'shown';
        return item(button, ` ${what}`);
      }),
  );
  find('dialogs').replaceChildren(
    ...state.dialogs
      .filter(({ answered }) => answered === false)
      .map(({ id, kind, options }) => {
        if (kind !== 'message') return fileDialog(id, String(options['title']));
        const labels = Array.isArray(options['buttons']) ? options['buttons'] : ['OK'];
        const buttons = labels.map((label, response) =>
          makeButton(String(label), { type: 'dialog-answer', id, response }),
        );
        return item(`${String(options['message'])} `, ...buttons);
      }),
  );
  find('state').textContent = text;
}

/** A browser page has no file paths, so the user types one. */
function fileDialog(id: string, title: string): HTMLLIElement {
  const path = document.createElement('input');
  path.ariaLabel = 'Path';
  const choose = document.createElement('button');
  choose.textContent = 'Choose';
  choose.addEventListener('click', () => void act({ type: 'dialog-answer', id, paths: [path.value] }));
  return item(`${title} `, path, choose, makeButton('Cancel', { type: 'dialog-answer', id }));
}

function menuLine(line: MenuState, above: string[]): HTMLLIElement {
  if (!line.visible) return item();
  if (line.type === 'separator') return item(document.createElement('hr'));
  const path = [...above, line.label];
  const label = (line.checked ? '✓ ' : '') + line.label.replace('&', '');
  if (line.submenu === undefined) {
    const button = makeButton(label, { type: 'tray-menu', path });
    button.disabled = !line.enabled;
    return item(button);
  }
  const list = document.createElement('ul');
  list.append(...line.submenu.map((below) => menuLine(below, path)));
  return item(label, list);
}

/** Asks for one path; an empty one cancels. */
function item(...content: (Node | string)[]): HTMLLIElement {
  const element = document.createElement('li');
  element.append(...content);
  return element;
}

function makeButton(label: string, body: object): HTMLButtonElement {
  const button = document.createElement('button');
  button.textContent = label;
  button.addEventListener('click', () => void act(body));
  return button;
}

find('tray-icon').addEventListener('click', () => void act({ type: 'tray-click' }));
find('link-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = find('link');
  const url = input instanceof HTMLInputElement ? input.value : '';
  void act({ type: 'second-instance', argv: [url] });
});
find('acts').append(
  makeButton('Start the app again', { type: 'second-instance', argv: [] }),
  ' ',
  makeButton('Computer sleeps', { type: 'power', event: 'suspend' }),
  ' ',
  makeButton('Computer wakes', { type: 'power', event: 'resume' }),
  ' ',
  makeButton('Quit', { type: 'quit' }),
);
void refresh();
setInterval(() => void refresh(), 1000);
