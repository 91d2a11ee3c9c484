import type { Locator, Page } from 'playwright-core';
import type { TestPbx } from '../../pbx/test-pbx.ts';

type SettingsPage = 'General' | 'Calling' | 'Before calling' | 'Notifications' | 'Accounts' | 'Advanced';

/** The window as a user sees it: controls are found by name, not by markup. */
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
    return this.page.getByRole('combobox', { name: 'Name or number' });
  }

  /** The steps of the placed call; hidden behind a button once it is connected. */
  get progress(): Locator {
    return this.page.locator('ol[aria-label="Progress"]');
  }

  /** Calls that ring for the user, live calls and, once shown, those of colleagues. */
  get liveCalls(): Locator {
    return this.page.getByRole('list', { name: /^(Ringing|Live|Colleagues’) calls$/ });
  }

  /** The calls that ring for the user, above every view. */
  get ringing(): Locator {
    return this.page.getByRole('list', { name: 'Ringing calls' });
  }

  /** Declines the only call that rings. */
  async decline(): Promise<void> {
    const button = this.ringing.getByRole('button', { name: /^Decline/ });
    await button.click();
    // The banner counts as just moved when it appears.
    await button.waitFor({ state: 'detached', timeout: 2_000 }).catch(() => button.click());
  }

  get recents(): Locator {
    return this.page.getByRole('list', { name: /recent calls/i });
  }

  /** Waits until a click counts again after the banner of a ringing call came or went. */
  async waitUntilClicksCount(): Promise<void> {
    await this.page.waitForTimeout(600);
  }

  /** Lists the calls of colleagues, too. */
  async showColleagues(): Promise<void> {
    await this.button(/colleagues? on (?:a call|calls)/).click();
  }

  /** Enlarges the text as a user does, to this percentage. */
  async enlargeText(textSize: number): Promise<void> {
    for (const size of [110, 125, 150, 175, 200].filter((larger) => larger <= textSize)) {
      await this.page.keyboard.press('Control+Equal');
      await this.page.locator(`.shell[style*="zoom: ${size / 100}"]`).waitFor();
    }
  }

  get question(): Locator {
    return this.page.getByRole('region', { name: /^(Call .*\?|Calling in a moment…|Which number.*\?)$/ });
  }

  /** The question, once it has been open for long enough that a click is meant for it. */
  async readQuestion(): Promise<Locator> {
    await this.question.waitFor();
    await this.page.waitForTimeout(600);
    return this.question;
  }

  /** The reasons that the question gives for asking. */
  get reasons(): Locator {
    return this.question.getByRole('list', { name: 'Why Traydial asks' });
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

  /** Pastes text into the dial field. */
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

  /** Waits until the placed call has reached the step with this text; it may already be at a later one. */
  async reached(words: string | RegExp): Promise<void> {
    await this.progress.locator('li').filter({ hasText: words }).first().waitFor({ state: 'attached' });
  }

  /** Waits until the placed call is at the step with this text; the step must last. */
  async step(words: string | RegExp): Promise<void> {
    await this.progress.locator('[aria-current="step"]', { hasText: words }).waitFor({ state: 'attached' });
  }

  async exploreDemo(): Promise<void> {
    await this.button('Try the demo').click();
    await this.dialField.waitFor();
  }

  async fillSignIn(pbx: TestPbx, password: string): Promise<void> {
    await this.page.getByLabel('PBX address').fill(pbx.address);
    await this.page.getByLabel('SIP domain').fill(pbx.account.domain);
    await this.page.getByLabel('User name').fill(pbx.account.username);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
  }

  /** Signs in and confirms the certificate. */
  async signIn(pbx: TestPbx, password: string = pbx.account.password): Promise<void> {
    await this.fillSignIn(pbx, password);
    await this.button('Sign in').click();
    await this.button('Trust this certificate').click();
  }

  /** Chooses in the settings what happens before a number from a source is dialled, and returns to the calls. */
  async confirm(source: string, choice: 'Ask first' | 'Call after 3 s' | 'Call at once'): Promise<void> {
    await this.openSettings('Before calling');
    await this.page.getByLabel(source, { exact: true }).selectOption({ label: choice });
    await this.button('Settings').click();
    await this.dialField.waitFor();
  }

  /** Opens a page of the settings from any view; without one, the list of pages. */
  async openSettings(page?: SettingsPage): Promise<void> {
    const list = this.page.getByRole('heading', { name: 'Settings', level: 1 });
    const back = this.button('Back to settings');
    // The same button also leaves the settings.
    const settings = this.page.locator('button[aria-label="Settings"]:not([aria-current])');
    if ((await this.button('Settings').getAttribute('aria-current')) === null)
      await this.#clickFor(settings, list.or(back).first());
    if (await back.isVisible()) await this.#clickFor(back, list);
    if (page === undefined) return;
    const button = this.page.getByRole('button', { name: new RegExp(`^${page} `) });
    await this.#clickFor(button, this.page.getByRole('heading', { name: page, level: 1 }));
  }

  /** Clicks again if the first click has no effect: a click right after something moved counts as a stray one. */
  async #clickFor(button: Locator, shown: Locator): Promise<void> {
    await button.click();
    await shown.waitFor({ timeout: 700 }).catch(async () => {
      // On a busy computer the first click may only now have its effect.
      await button.click({ timeout: 2_000 }).catch(() => undefined);
    });
    await shown.waitFor();
  }

  /** Shows which program opens each kind of link; the settings of calling are open. */
  async showKindsOfLinks(): Promise<Locator> {
    await this.text('Each kind of link').click();
    return this.page.getByRole('list', { name: 'Each kind of link' });
  }
}
