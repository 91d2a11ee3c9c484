import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TestPbx } from '../pbx/test-pbx.ts';
import { CAN_SIMULATE } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { capture } from './support/capture.ts';
import { cleanUpAfterEach, newProfile, startSignedIn, until, type Running } from './support/session.ts';

/** The numbers that the PBX was asked to dial, in order. */
const dialled = (pbx: TestPbx): string[] =>
  pbx.requests
    .filter(({ method, path }) => method === 'POST' && path === '/api/sessions')
    .map(({ body }) => (JSON.parse(body) as { callee: string }).callee);

/** A rules file that sends every call to one number. */
const REDIRECT = {
  format: 'traydial-dial-rules',
  version: 1,
  country: 'DE',
  rules: [
    { name: 'Company prefix', target: 'pattern', pattern: '.*', form: 'replacement', replacement: '+19005551234' },
  ],
};

describe.each(TARGETS)('numbers of strangers on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();
  const hostOnly = test.skipIf(!CAN_SIMULATE[target.kind]);

  async function missed(desk: Running & { pbx: TestPbx }, caller: string): Promise<void> {
    const id = desk.pbx.addSession({ legs: [{ caller, callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }] });
    await desk.window.liveCalls.getByText('Anna Berg').waitFor();
    desk.pbx.endSession(id);
    await desk.window.recents.getByText('Anna Berg').waitFor();
    await desk.window.waitUntilClicksCount();
  }

  test('one click on a missed call from a feature code asks, and says what the code does', async () => {
    const desk = await startSignedIn(target);
    const { window, pbx } = desk;
    await missed(desk, '*21*0900123456#');
    await window.recents.getByText('Anna Berg').click();
    await window.reasons.getByText('forwards all your calls, here to 0900123456').waitFor();
    await capture(window.page, 'question-feature-code');
    expect(dialled(pbx)).toEqual([]);
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    await window.question.waitFor({ state: 'detached' });
    expect(dialled(pbx)).toEqual([]);
  });

  test('a favourite made from a missed call asks like that call, also from the tray', async () => {
    const desk = await startSignedIn(target);
    const { app, window, pbx } = desk;
    await missed(desk, '*72019005551234');
    await window.recents.getByRole('button', { name: /as favourite$/ }).click();
    await window.page.getByRole('list', { name: 'Favourites' }).getByText('Anna Berg').click();
    await window.reasons.getByText('forwards all your calls').waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    await window.question.waitFor({ state: 'detached' });
    const recent = await until(async () => {
      const [first] = ((await app.state()).tray?.menu ?? []).find(({ label }) => label === 'Recent')?.submenu ?? [];
      // The name is the caller's claim, so the menu shows the number alone.
      expect(first?.label).toBe('*72019005551234');
      return first?.label ?? '';
    });
    await app.act({ type: 'tray-menu', path: ['Recent', recent] });
    await window.reasons.getByText('forwards all your calls').waitFor();
    expect(dialled(pbx)).toEqual([]);
  });

  test('calling back a stranger asks once; after that a click calls', async () => {
    const desk = await startSignedIn(target);
    const { window, pbx } = desk;
    await missed(desk, '+37376543210');
    await window.recents.getByText('Anna Berg').click();
    await window.reasons.getByText("You've never called this number").waitFor();
    await capture(window.page, 'question-stranger');
    await (await window.readQuestion()).getByRole('button', { name: 'Call', exact: true }).click();
    await until(() => expect(dialled(pbx)).toEqual(['+37376543210']));
  });

  hostOnly('an imported file that redirects every call says so before it is saved, and dialling asks', async () => {
    const { app, window, pbx } = await startSignedIn(target);
    const file = join(newProfile(), 'rules.json');
    writeFileSync(file, JSON.stringify(REDIRECT));
    await window.openSettings('Calling');
    await window.button('Edit dial rules').click();
    await window.button('Import…').click();
    await app.act({ type: 'file-dialog-answer', files: [file] });
    const sample = window.page.getByRole('region', { name: 'What these rules do' });
    await sample.getByText('Every number is sent to +19005551234.').waitFor();
    await sample.getByText('1001', { exact: true }).waitFor();
    await capture(window.page, 'rules-imported');
    await window.button('Save').click();
    await window.text('Saved.').first().waitFor();
    await window.page.keyboard.press('Escape');
    await window.button('Settings').click();
    for (const number of ['1002', '+1 201 555 0123']) {
      await window.dial(number);
      await window.reasons.getByText('A dial rule calls +1 900 555 1234 instead of this number.').waitFor();
      await window.reasons.getByText('premium-rate').waitFor();
      if (number === '1002') await capture(window.page, 'question-rewritten');
      await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
      await window.question.waitFor({ state: 'detached' });
    }
    expect(dialled(pbx)).toEqual([]);
  });
});
