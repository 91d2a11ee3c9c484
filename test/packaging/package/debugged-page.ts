import { untilWorks } from '../../support/children.ts';

interface Evaluated {
  id?: number;
  result?: { result?: { value?: unknown }; exceptionDetails?: unknown };
}

/**
 * Controls the window of a packaged program through Chromium's debugging port. Playwright cannot attach: the fuses keep
 * Node's inspector closed, and an older Electron does not support everything that Playwright needs.
 */
export class DebuggedPage {
  readonly #socket: WebSocket;
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Waits up to ten seconds for a program with this port and its window. */
  static async open(port: number): Promise<DebuggedPage> {
    const url = await untilWorks(async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
      const pages = (await answer.json()) as { type: string; webSocketDebuggerUrl: string }[];
      const page = pages.find(({ type }) => type === 'page');
      if (page === undefined) throw new Error('The program has no window yet.');
      return page.webSocketDebuggerUrl;
    });
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error(`${url} cannot be reached.`)));
    });
    return new DebuggedPage(socket);
  }

  /** Evaluates an expression in the page and awaits its value. */
  async evaluate(expression: string): Promise<unknown> {
    const id = ++this.#last;
    const answer = new Promise<Evaluated>((resolve) => {
      const listen = ({ data }: MessageEvent): void => {
        const message = JSON.parse(String(data)) as Evaluated;
        if (message.id !== id) return;
        this.#socket.removeEventListener('message', listen);
        resolve(message);
      };
      this.#socket.addEventListener('message', listen);
    });
    const params = { expression, awaitPromise: true, returnByValue: true };
    this.#socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    const { result } = await answer;
    if (result?.exceptionDetails !== undefined) throw new Error(JSON.stringify(result.exceptionDetails));
    return result?.result?.value;
  }

  /** Waits until the page shows a text. */
  async shows(text: string): Promise<void> {
    await untilWorks(async () => {
      const shown = String(await this.evaluate('document.body.innerText'));
      if (!shown.includes(text)) throw new Error(`"${text}" is not among what the window shows: ${shown}`);
    });
  }

  /** Clicks the button with this text. */
  async click(label: string): Promise<void> {
    const button = `[...document.querySelectorAll('button')].find((one) => one.innerText.trim() === ${JSON.stringify(label)})`;
    await untilWorks(() => this.evaluate(`${button}.click()`));
  }

  close(): void {
    this.#socket.close();
  }
}
