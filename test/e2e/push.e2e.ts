import { describe, expect, test } from 'vitest';
import { NO_TOPICS } from '../pbx/dialects.ts';
import type { TestPbxOptions } from '../pbx/test-pbx.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, startSignedIn, until } from './support/session.ts';

describe.each(TARGETS)('sources of calls on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  const signedIn = (options?: TestPbxOptions) => startSignedIn(target, options);

  const anna = { legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }] };

  test('a call rings in the window and as a notification before the next poll of the list', async () => {
    const { app, window, pbx } = await signedIn();
    await window.openSettings('Advanced');
    await window.page.getByLabel('Check for calls every').fill('300');
    await window.page.keyboard.press('Enter');
    await window.openSettings('Notifications');
    await window.page.locator('main').getByText('Instant call alerts are on.').waitFor();
    await window.button('Settings').click();
    const countPolls = (): number => pbx.requests.filter(({ path }) => path.startsWith('/api/sessions')).length;
    const before = countPolls();
    pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    await until(async () => expect((await app.state()).notifications.map(({ title }) => title)).toEqual(['Anna Berg']));
    // Push reported the call, and the list was polled only because of that: its own interval is 300 s.
    expect(countPolls() - before).toBeLessThanOrEqual(2);
  });

  test('an account that may not list calls sees its own calls by push, and an explanation', async () => {
    const { window, pbx } = await signedIn({ mayListSessions: false });
    await window.text('Showing your own calls').first().waitFor();
    await window.text('No live calls.').waitFor();
    pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    pbx.addSession({ legs: [{ caller: '1002', callee: '1003' }] });
    expect(await window.liveCalls.getByRole('listitem').count()).toBe(1);
  });

  test('an account that may not list calls, at a PBX without push, still gets its missed calls', async () => {
    const { window, pbx } = await signedIn({
      mayListSessions: false,
      dialect: NO_TOPICS,
    });
    await window.text('not who is calling').first().waitFor();
    await window.button('Check again').waitFor();
    const id = pbx.addSession(anna);
    // While it rings, the caller is unknown. The history names them after the call.
    await window.liveCalls.getByText('Ringing').waitFor();
    pbx.endSession(id);
    await window.recents.getByText(/555.0100/).waitFor();
  });

  test('after the PBX has dropped its push connections, the program subscribes again', async () => {
    const { window, pbx } = await signedIn();
    await window.text('Instant call alerts are on.').first().waitFor({ state: 'attached' });
    pbx.push.dropAll();
    pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    // This can take a while: the programs of an office wait for a random time, and polls go before push.
    await until(() => expect(pbx.push.isSubscribed('1001')).toBe(true));
    await window.text('Instant call alerts are on.').first().waitFor({ state: 'attached' });
  });
});
