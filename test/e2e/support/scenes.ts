import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { setup } from '../../../src/messages/en/setup.ts';
import type { Target } from './launch.ts';
import { newProfile, start, startPbx, startSignedIn, until } from './session.ts';
import type { WindowPage } from './window-page.ts';

/** Is called for each state of a view, with its name, in English and with text of 100 percent. */
export type Visit = (window: WindowPage, scene: string) => Promise<void>;

const CUSTOMERS = [
  'Name,Company,Mobile,Business Phone,Notes',
  'Clara Dahl,Dahl AG,+1 212 555 0177,,',
  'Katharina Brandstetter-Hohenlohe,Brandstetter Großhandelsgesellschaft mbH,+49 30 5550178,+49 30 5550100,',
  ',,+1 212 555 0178,,',
  'Rounded,,4.93E+11,,',
].join('\n');

/** A Wednesday on which a reminder can be for the afternoon; ms since 1970. */
const WEDNESDAY_MORNING = Date.UTC(2030, 0, 2, 9);

/** A first start: signing in, with every answer that it can get. */
export async function visitSignIn(target: Target, visit: Visit): Promise<void> {
  const pbx = await startPbx();
  const { window } = await start(target);
  await window.page.getByRole('heading', { name: 'Sign in to your PBX' }).waitFor();
  await visit(window, 'sign-in');
  await window.button('Sign in').click();
  await window.text('Type your user name.').waitFor();
  await visit(window, 'sign-in-incomplete');
  await window.fillSignIn(pbx, 'wrong');
  await window.button('Sign in').click();
  await window.button('Trust this certificate').waitFor();
  await visit(window, 'certificate');
  await window.button('Trust this certificate').click();
  await window.alert('wrong').waitFor();
  await visit(window, 'sign-in-refused');
}

/** The code of a two-factor sign-in. */
export async function visitCode(target: Target, visit: Visit): Promise<void> {
  const pbx = await startPbx({ twoFactor: true });
  const { window } = await start(target);
  await window.signIn(pbx);
  await window.page.getByLabel('Code', { exact: true }).waitFor();
  await visit(window, 'sign-in-code');
}

/** The first steps of a new user. */
export async function visitSetup(target: Target, visit: Visit): Promise<void> {
  const pbx = await startPbx();
  const profile = newProfile();
  const { window } = await start(target, { firstSteps: true, profile, env: installPrograms(profile) });
  await window.signIn(pbx);
  for (const step of ['country', 'links', 'shortcut', 'notifications'] as const) {
    await window.page.getByRole('heading', { name: setup[step].title }).waitFor();
    await visit(window, `setup-${step}`);
    if (step !== 'notifications') await window.button(/^(Skip|Next)$/).click();
  }
}

/** What explains the program. */
export async function visitHelp(target: Target, visit: Visit): Promise<void> {
  const { window } = await startSignedIn(target);
  await window.button('About Traydial').click();
  await window.page.getByRole('heading', { name: /About/ }).waitFor();
  await visit(window, 'about');
  await window.button('User guide').click();
  await window.page.getByRole('heading', { name: 'User guide', level: 1 }).waitFor();
  await visit(window, 'guide');
  await window.page.keyboard.press('?');
  await window.page.getByRole('dialog').waitFor();
  await visit(window, 'keys');
}

/** Views in which something is written or chosen, in one program. */
export async function visitForms(target: Target, visit: Visit): Promise<void> {
  const { app, window } = await startSignedIn(target);
  const { page } = window;
  await window.openSettings('Notifications');
  await page.getByLabel('No notifications at these hours').click();
  await page.getByRole('group', { name: 'Beginning on' }).scrollIntoViewIfNeeded();
  await visit(window, 'quiet-hours');

  const file = join(app.profile, 'customers.csv');
  writeFileSync(file, CUSTOMERS);
  await window.openSettings('Accounts');
  await window.button('Import contacts…').click();
  await app.act({ type: 'file-dialog-answer', files: [file] });
  await window.text('customers.csv').waitFor();
  await page.locator('.preview summary').click();
  await window.button('Import').scrollIntoViewIfNeeded();
  await visit(window, 'contacts-preview');
  await window.button('Import').click();
  await window.text('imported from customers.csv.').waitFor();
  await visit(window, 'contacts-imported');

  await window.openSettings('Calling');
  await window.button('Edit dial rules').click();
  await page.getByRole('heading', { name: 'Dial rules' }).waitFor();
  await window.button('Add New rule').click();
  await page.getByLabel('For', { exact: true }).selectOption({ label: 'Numbers by pattern' });
  await page.getByLabel('Pattern').fill('\\+49(30)([0-9]+)');
  await visit(window, 'rules');
  await window.button('Discard').click();

  await page.keyboard.press('Control+k');
  await window.dialField.fill('+12125550144');
  await page.getByRole('option', { name: 'Save as contact…' }).click();
  await page.getByRole('form', { name: 'New contact' }).getByLabel('Name').fill('Clara Dahl');
  await window.button('Add a number').click();
  await visit(window, 'contact-form');
}

const wholeSeconds = (): number => Math.floor(Date.now() / 1000);

/** All calls, their details, and the list of people to call back. */
export async function visitHistory(target: Target, visit: Visit): Promise<void> {
  const { window, pbx } = await startSignedIn(target);
  const { page } = window;
  // A call that already rings at the first poll is not reported as missed.
  await window.text('No live calls.').waitFor();
  const callers = [
    { caller: '1004', callerName: 'Priya Shah' },
    { caller: '+12015550142', callerName: 'Anna Berg' },
    { caller: '+442079460018', callerName: 'Katharina Brandstetter-Hohenlohe' },
  ];
  let second = 0;
  for (const caller of callers) {
    // A second apart, because the records have whole seconds and the history is sorted by them.
    await until(() => expect(wholeSeconds()).toBeGreaterThan(second));
    second = wholeSeconds();
    const id = pbx.addSession({ legs: [{ ...caller, callee: '1001', trunk: 'Main' }] });
    await window.ringing.waitFor();
    pbx.endSession(id);
    await window.ringing.waitFor({ state: 'detached' });
  }
  await window.recents.getByText('Katharina').waitFor();
  await window.waitUntilClicksCount();
  await window.button('All calls').click();
  const calls = page.getByRole('list', { name: 'Calls' });
  // The records that the PBX writes after the calls name the number that was called.
  await calls.getByText('+1 201 555 0100').nth(2).waitFor();
  // Until they were in sight for a moment, they count as new.
  await calls.getByText('New:').first().waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: 'To call back (3)' }).waitFor({ state: 'attached' });
  await visit(window, 'history');

  await calls.getByRole('button', { name: /^Details of Katharina/ }).click();
  await page.getByText('Called number').waitFor();
  await visit(window, 'history-details');
  await page.getByRole('button', { name: 'Delete this call' }).click();
  await page.getByRole('alertdialog').waitFor();
  await visit(window, 'history-delete');
  await window.button('Keep').click();
  await window.button('Done').click();

  await page.getByText('To call back').click();
  await calls.getByRole('button', { name: /^Done with Priya/ }).click();
  await window.text('Done: Priya Shah').waitFor();
  await calls.getByRole('button', { name: /^Remind me to call Anna/ }).click();
  await window.button(/^Tomorrow/).click();
  await calls.getByText('Reminder:').waitFor({ state: 'attached' });
  await visit(window, 'history-call-back');
  await calls.getByRole('button', { name: /^Remind me to call Katharina/ }).click();
  await page.getByRole('heading', { name: /^Remind me to call Katharina/ }).waitFor();
  // Which times are offered depends on the time of day and the day of the week.
  await page.clock.setFixedTime(WEDNESDAY_MORNING);
  await window.button(/^This afternoon/).waitFor();
  await visit(window, 'history-remind');
}

/** What concerns the account: switching to another one, and leaving it during a call. */
export async function visitAccounts(target: Target, visit: Visit): Promise<void> {
  const { window } = await startSignedIn(target);
  await window.openSettings('Accounts');
  await window.button('Add an account').click();
  await window.page.getByRole('heading', { name: 'Sign in to your PBX' }).waitFor();
  const london = await startPbx();
  await window.signIn(london);
  await window.dialField.waitFor();
  await window.text('No live calls.').waitFor();
  await window.button('Dismiss the country').click();
  await window.button(/^Account: Alex Morgan/).click();
  await window.page.getByRole('list', { name: 'Switch to' }).waitFor();
  await visit(window, 'account-menu');
  // Escape would hide the window if the menu has closed by itself.
  await window.dialField.focus();

  // A phone that is picked up within two seconds may look as if it still rang: docs/reliability.md, "Talking time".
  const id = london.addSession({
    legs: [{ caller: '+12015550142', callerName: 'Anna Berg', callee: '1001' }],
    startedSecondsAgo: 6,
  });
  await window.ringing.waitFor();
  london.answer(id);
  await window.ringing.waitFor({ state: 'detached' });
  await window.openSettings('Accounts');
  await window.waitUntilClicksCount();
  await window.button('Sign out').click();
  await window.text('You are on a call').waitFor();
  await visit(window, 'sign-out-question');
}

/** Installs Linphone and Traydial in the user's folder. Returns the environment in which they are found. */
export function installPrograms(profile: string): Record<string, string> {
  const installed = join(profile, 'usr/applications');
  mkdirSync(installed, { recursive: true });
  mkdirSync(join(profile, 'appData'), { recursive: true });
  const install = (id: string, name: string) =>
    writeFileSync(join(installed, `${id}.desktop`), `[Desktop Entry]\nName=${name}\nExec=sh\n`);
  install('linphone', 'Linphone');
  install('io.github.traydial.Traydial', 'Traydial');
  return { XDG_DATA_DIRS: join(profile, 'usr'), XDG_CONFIG_DIRS: '/nowhere' };
}
