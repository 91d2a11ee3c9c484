import type { Locator, Page } from 'playwright-core';
import type { TestPbx } from '../../pbx/test-pbx.ts';

/** The window as a person meets it: by the names of things, not by their markup. */
export class WindowPage {
  readonly #page: () => Page;

  /** A page, or where to find it once the program has one. */
  constructor(page: Page | (() => Page)) {
    this.#page = typeof page === 'function' ? page : () => page;
  }

  get page(): Page {
    return this.#page();
  }

  get dialField(): Locator {
    return this.page.getByRole('textbox', { name: 'Number to call' });
  }

  get progress(): Locator {
    return this.page.getByRole('list', { name: 'Progress' });
  }

  get liveCalls(): Locator {
    return this.page.getByRole('list', { name: 'Live calls' });
  }

  get recents(): Locator {
    return this.page.getByRole('list', { name: /recent calls/i });
  }

  get question(): Locator {
    return this.page.getByRole('region', { name: /wants? to call|Call (this|the) number|Call again|Calling/ });
  }

  /** The reasons that the question gives for asking. */
  get reasons(): Locator {
    return this.question.getByRole('list', { name: 'Why it asks' });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  alert(text: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: text });
  }

  text(text: string | RegExp): Locator {
    return this.page.getByText(text);
  }

  async dial(number: string): Promise<void> {
    await this.dialField.fill(number);
    await this.dialField.press('Enter');
  }

  /** Pastes into the dial field what was copied elsewhere. */
  async paste(text: string): Promise<void> {
    await this.dialField.focus();
    // As text: specs are checked without a browser's types.
    await this.page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', ${JSON.stringify(text)});
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(paste);
    }`);
  }

  /** Waits until the placed call has come to a step with these words; it may have gone on before anybody looked. */
  async reached(words: string | RegExp): Promise<void> {
    await this.progress.getByRole('listitem').filter({ hasText: words }).first().waitFor();
  }

  /** Waits until the ladder of the placed call stands at a step with these words, which has to last. */
  async step(words: string | RegExp): Promise<void> {
    await this.progress.locator('[aria-current="step"]', { hasText: words }).waitFor();
  }

  async exploreDemo(): Promise<void> {
    await this.button('Explore with the demo PBX').click();
    await this.dialField.waitFor();
  }

  async fillSignIn(pbx: TestPbx, password: string): Promise<void> {
    await this.page.getByLabel('Address', { exact: true }).fill(pbx.address);
    await this.page.getByLabel('Domain').fill(pbx.account.domain);
    await this.page.getByLabel('User name').fill(pbx.account.username);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
  }

  /** Signs in and answers the question about the certificate as somebody who compared it would. */
  async signIn(pbx: TestPbx, password: string = pbx.account.password): Promise<void> {
    await this.fillSignIn(pbx, password);
    await this.button('Sign in').click();
    await this.button('Trust this certificate').click();
  }

  /** What happens before a number from a source is dialled, chosen in the settings; the calls are back in front after. */
  async confirm(source: string, choice: 'Ask first' | 'Call, 3 s to undo' | 'Call at once'): Promise<void> {
    await this.openSettings();
    await this.page.getByLabel(source, { exact: true }).selectOption({ label: choice });
    await this.page.keyboard.press('Escape');
    await this.dialField.waitFor();
  }

  async openSettings(): Promise<void> {
    await this.button('Settings').click();
    await this.page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  }
}
