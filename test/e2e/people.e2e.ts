import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TestPbx } from '../pbx/test-pbx.ts';
import { CAN_SIMULATE } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { prepareProfile } from './support/office.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, until, type Running } from './support/session.ts';

const ANNA = '+12015550123';

/** The numbers that the PBX was asked to dial, in order. */
const dialled = (pbx: TestPbx): string[] =>
  pbx.requests
    .filter(({ method, path }) => method === 'POST' && path === '/api/sessions')
    .map(({ body }) => (JSON.parse(body) as { callee: string }).callee);

describe.each(TARGETS)('people on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  async function signedIn(): Promise<Running & { pbx: TestPbx }> {
    const pbx = await startPbx();
    const { extensions, company, ringGroups } = pbx.directories;
    extensions.set({ id: '1', display_name: 'Priya Raman', extension_number: '1002', department: 'Support' });
    company.set({
      id: '1',
      name: 'Anna Berg',
      company: 'Berg GmbH',
      business: ANNA,
      mobile_phone: '+12125550111',
    });
    ringGroups.push({ id: '1', name: 'Sales', extension_number: '6000' });
    const profile = newProfile();
    prepareProfile(profile);
    const running = await start(target, { profile });
    await running.window.signIn(pbx);
    await running.window.dialField.waitFor();
    // The groups are read last.
    await until(() => expect(pbx.requests.some(({ path }) => path === '/api/user/call_queues')).toBe(true));
    return { ...running, pbx };
  }

  test('a call shows the name of the directory and what was called, not the name that the caller sends', async () => {
    const { app, window, pbx } = await signedIn();
    const id = pbx.addSession({ legs: [{ caller: ANNA, callerName: 'Your Bank', callee: '1001', trunk: 'Main' }] });
    await window.ringing.getByText('Anna Berg').waitFor();
    await window.ringing.getByText('Berg GmbH · +1 201 555 0123').waitFor();
    if (CAN_SIMULATE[app.kind]) {
      await until(async () => {
        const { notifications } = await app.state();
        expect(notifications.map(({ title }) => title)).toContain('Anna Berg');
      });
    }
    expect(await window.text('Your Bank').count()).toBe(0);
    pbx.endSession(id);
    await window.recents.getByText('Anna Berg').waitFor();
  });

  test("the name that a stranger sends is marked, and is not shown if it is a colleague's", async () => {
    const { window, pbx } = await signedIn();
    pbx.addSession({ legs: [{ caller: '+12015550166', callerName: 'Priya Raman', callee: '1001', trunk: 'Main' }] });
    await window.ringing.getByText('+1 201 555 0166').waitFor();
    pbx.addSession({ legs: [{ caller: '+12015550167', callerName: 'Nadia Petrova', callee: '1001', trunk: 'Main' }] });
    await window.ringing.getByText('Nadia Petrova').waitFor();
    await window.ringing.getByText('Name sent by the caller').waitFor();
    expect(await window.text('Priya Raman').count()).toBe(0);
  });

  test('a colleague in the search results is available, and on the phone during a call', async () => {
    const { window, pbx } = await signedIn();
    await window.page.keyboard.type('pri');
    await window.page.getByRole('option', { name: /Priya Raman.*, available/s }).waitFor();
    const requests = pbx.requests.filter(({ path }) => path.includes('status')).length;
    const id = pbx.addSession({ legs: [{ caller: '1002', callee: '1003' }] });
    await window.page.getByRole('option', { name: /Priya Raman.*, on the phone/s }).waitFor();
    pbx.endSession(id);
    await window.page.getByRole('option', { name: /Priya Raman.*, available/s }).waitFor();
    expect(pbx.requests.filter(({ path }) => path.includes('status'))).toHaveLength(requests);
  });

  test('the user finds a person by three letters and calls the chosen number, by keyboard alone', async () => {
    const { window, pbx } = await signedIn();
    await window.page.keyboard.type('ber');
    await window.page.getByRole('option', { name: /Anna Berg\s*Mobile · \+1 212 555 0111 · Berg GmbH/ }).waitFor();
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('Enter');
    await window.question.getByText('Anna Berg').waitFor();
    await until(() => expect(dialled(pbx)).toEqual(['+12125550111']));
  });

  test.runIf(CAN_SIMULATE[target.kind])(
    'a file of contacts is previewed, imported, and names the next call',
    async () => {
      const { app, window, pbx } = await signedIn();
      const file = join(app.profile, 'customers.csv');
      writeFileSync(file, 'Name,Company,Mobile\nClara Dahl,Dahl AG,+1 212 555 0177\n,,+1 212 555 0178\n');
      await window.openSettings('Accounts');
      await window.button('Import contacts…').click();
      await app.act({ type: 'file-dialog-answer', files: [file] });
      await window.text('1 person found, 1 row left out.').waitFor();
      await window.button('Import').click();
      await window.text('1 person imported from customers.csv.').waitFor();
      pbx.addSession({ legs: [{ caller: '+12125550177', callerName: 'C. D.', callee: '1001', trunk: 'Main' }] });
      await window.ringing.getByText('Clara Dahl').waitFor();
      await window.ringing.getByText('Dahl AG · +1 212 555 0177').waitFor();
    },
  );

  test('a number from the dial field becomes a contact, which names calls, is changed and deleted', async () => {
    const { window, pbx } = await signedIn();
    const { page } = window;
    await page.keyboard.type('+12125550144');
    const save = page.getByRole('option', { name: 'Save as contact…' });
    await save.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const form = page.getByRole('form', { name: 'New contact' });
    await form.getByLabel('Name').fill('Clara Dahl');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('option', { name: /Clara Dahl/ }).waitFor();
    expect(await save.count()).toBe(0);
    const id = pbx.addSession({ legs: [{ caller: '+12125550144', callee: '1001', trunk: 'Main' }] });
    await window.ringing.getByText('Clara Dahl').waitFor();
    pbx.endSession(id);
    await window.ringing.waitFor({ state: 'detached' });
    expect(dialled(pbx)).toEqual([]);

    await window.openSettings('Accounts');
    await window.button('Edit Clara Dahl').click();
    const edit = page.getByRole('form', { name: 'Edit Clara Dahl' });
    await edit.getByLabel('Company').fill('Dahl AG');
    await edit.getByRole('button', { name: 'Save' }).click();
    const contact = page.getByRole('list', { name: 'My contacts' }).getByRole('listitem');
    await contact.getByText(/^Dahl AG · /).waitFor();
    await window.button('Delete Clara Dahl').click();
    await window.button('Delete').click();
    await contact.waitFor({ state: 'detached' });
    await window.button('Settings').click();
    await save.waitFor();
    await page.getByRole('option', { name: /Clara Dahl/ }).waitFor({ state: 'detached' });
  });

  test.runIf(CAN_SIMULATE[target.kind])(
    'the caller of a call from an unknown number can be saved as a contact',
    async () => {
      const { window, pbx } = await signedIn();
      const id = pbx.addSession({ legs: [{ caller: '+12125550155', callee: '1001', trunk: 'Main' }] });
      await window.ringing.waitFor();
      pbx.endSession(id);
      await window.recents.getByText('+1 212 555 0155').waitFor();
      await window.waitUntilClicksCount();
      await window.button('All calls').click();
      await window.page.getByRole('button', { name: /^Details of / }).click();
      await window.button('New contact').click();
      const form = window.page.getByRole('form', { name: 'New contact' });
      await form.getByLabel('Name').fill('Dora Ek');
      await form.getByRole('button', { name: 'Save' }).click();
      await window.text('Dora Ek saved.').waitFor();
      await window.page.keyboard.press('Escape');
      await window.page.getByRole('button', { name: /^Call Dora Ek/ }).waitFor();
    },
  );
});
