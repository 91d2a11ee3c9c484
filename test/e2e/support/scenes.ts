import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Target } from './launch.ts';
import { startSignedIn } from './session.ts';
import type { WindowPage } from './window-page.ts';

/** Is called for each state of a view. */
export type Visit = (window: WindowPage, name: string) => Promise<void>;

const CUSTOMERS = [
  'Name,Company,Mobile,Business Phone,Notes',
  'Clara Dahl,Dahl AG,+1 212 555 0177,,',
  'Katharina Brandstetter-Hohenlohe,Brandstetter Großhandelsgesellschaft mbH,+49 30 5550178,+49 30 5550100,',
  ',,+1 212 555 0178,,',
  'Rounded,,4.93E+11,,',
].join('\n');

/** Views in which something is written or chosen, in one program. */
export async function visitForms(target: Target, visit: Visit): Promise<void> {
  const { app, window } = await startSignedIn(target);
  const { page } = window;
  await window.openSettings('Notifications');
  await page.getByLabel('No notifications at these hours').click();
  await page.getByLabel('From', { exact: true }).waitFor();
  await visit(window, 'quiet hours');

  const file = join(app.profile, 'customers.csv');
  writeFileSync(file, CUSTOMERS);
  await window.openSettings('Accounts');
  await window.button('Import contacts…').click();
  await app.act({ type: 'file-dialog-answer', files: [file] });
  await window.text('customers.csv').waitFor();
  await page.locator('.preview summary').click();
  await visit(window, 'an import of contacts');
  await window.button('Import').click();
  await window.text('imported from customers.csv.').waitFor();
  await visit(window, 'imported contacts');

  await window.openSettings('Calling');
  await window.button('Edit dial rules').click();
  await page.getByRole('heading', { name: 'Dial rules' }).waitFor();
  await window.button('Add New rule').click();
  await page.getByLabel('For', { exact: true }).selectOption({ label: 'Numbers by pattern' });
  await page.getByLabel('Pattern').fill('\\+49(30)([0-9]+)');
  await visit(window, 'the dial rules');
}
