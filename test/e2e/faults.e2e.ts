import { describe, expect, test as inTurn } from 'vitest';
import { captivePortal } from './support/captive-portal.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, start, startPbx, startSignedIn, until } from './support/session.ts';
import { NO_TOPICS } from '../pbx/dialects.ts';
import type { TestPbxOptions } from '../pbx/test-pbx.ts';

describe.each(TARGETS)('faults on $kind', (target) => {
  if (target.unavailable !== null) {
    inTurn.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();
  // Most of each spec is waiting for limits of time. A real desktop shows one program at a time.
  const test = target.kind === 'host' ? inTurn.concurrent : inTurn;

  const signedIn = (options?: TestPbxOptions) => startSignedIn(target, options);

  /** When push works, the list may be polled a minute later. */
  const listOnly = { dialect: NO_TOPICS };
  const anna = { legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }] };

  test('a token that expires is renewed silently', async () => {
    const { window, pbx } = await signedIn();
    pbx.expireAccessTokens();
    pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    const refreshes = (): number => pbx.requests.filter((request) => request.path === '/api/auth/refresh_token').length;
    await until(() => expect(refreshes()).toBe(1));
  });

  test('a sign-in that the PBX ended shows a message, and signing in again restores the calls', async () => {
    const { window, pbx } = await signedIn();
    await window.dialField.fill('+1 201 555 01');
    pbx.revokeTokens();
    await window.text('Your session has expired').waitFor();
    await window.text('alex').first().waitFor();
    expect(await window.page.getByLabel('User name').count()).toBe(0);
    await window.page.getByLabel('Password', { exact: true }).fill(pbx.account.password);
    await window.button('Sign in').click();
    await window.dialField.waitFor();
    expect(await window.dialField.inputValue()).toBe('+1 201 555 01');
  });

  test('a PBX that restarts: calls stay as last seen, then the truth comes back', async () => {
    const { window, pbx } = await signedIn();
    pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    await pbx.restart({
      keepTokens: true,
      whileDown: async () => {
        await window.text(/Out of date since/).waitFor();
        await window.liveCalls.getByText('Anna Berg').waitFor();
      },
    });
    await window.liveCalls.waitFor({ state: 'detached' });
    await window.recents.getByText('Anna Berg').waitFor();
  });

  test.each(['resume', 'unlock-screen'] as const)('%s: the calls are polled at once', async (event) => {
    const { app, window, pbx } = await signedIn({ push: 'none' });
    await window.openSettings('Advanced');
    await window.page.getByLabel('Check for calls every').fill('300');
    await window.page.keyboard.press('Enter');
    await window.button('Settings').click();
    pbx.addSession(anna);
    await app.act({ type: 'power', event });
    await window.liveCalls.getByText('Anna Berg').waitFor();
  });

  test('a call that rang when the computer fell asleep does not ring when it wakes up', async () => {
    const { app, window, pbx } = await signedIn();
    const id = pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    await app.act({ type: 'power', event: 'suspend' });
    pbx.push.freeze();
    pbx.endSession(id);
    await app.act({ type: 'power', event: 'resume' });
    await window.liveCalls.waitFor({ state: 'detached' });
    await window.recents.getByText('Anna Berg').waitFor();
  });

  test('a half-open connection for push: waking up makes a new one, and the next caller is announced', async () => {
    const { app, window, pbx } = await signedIn();
    await until(() => expect(pbx.push.connections).toHaveLength(1));
    pbx.push.freeze();
    expect(pbx.push.connections).toHaveLength(0);
    await app.act({ type: 'power', event: 'resume' });
    // The unanswered ping takes 5 s; then chance spreads the desks of an office, and the budget serves polls first.
    await until(() => expect(pbx.push.connections).toHaveLength(1));
    pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
  });

  test('a PBX that restarts while a call rings: it does not ring for ever', async () => {
    const { window, pbx } = await signedIn();
    pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    await pbx.restart({ keepTokens: true });
    await window.liveCalls.waitFor({ state: 'detached' });
    await window.recents.getByText('Missed').first().waitFor();
  });

  test('a captive portal receives no credentials and is reported, and the program reconnects by itself', async () => {
    const { window, pbx } = await signedIn();
    let received = 0;
    await pbx.restart({
      keepTokens: true,
      whileDown: async () => {
        const portal = await captivePortal(Number(new URL(pbx.origin).port), (bytes) => (received += bytes));
        await window
          .text(/certificate is not the one you trusted/)
          .first()
          .waitFor();
        await portal.close();
      },
    });
    expect(received).toBe(0);
    // After failures the next poll may be a minute away.
    await window.text(/Out of date since/).waitFor({ state: 'detached', timeout: 100_000 });
    pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
  });

  test('an unknown host name shows an error at the address, and the form keeps its contents', async () => {
    const { window } = await start(target);
    const pbx = await startPbx();
    await window.fillSignIn(pbx, pbx.account.password);
    await window.page.getByLabel('PBX address').fill('pbx.invalid');
    await window.button('Sign in').click();
    await window.text('There is no server with that name').waitFor();
    expect(await window.page.getByLabel('User name').inputValue()).toBe(pbx.account.username);
    expect(pbx.requests).toHaveLength(0);
  });

  test('an account that may not list calls is explained, and dialling works', async () => {
    const { window } = await signedIn({
      mayListSessions: false,
      ...listOnly,
    });
    await window.text('not who is calling').first().waitFor();
    await window.text("can't list the company's calls").first().waitFor();
    await window.dial('1002');
    // Nothing says that it does, so that is not said either.
    await window.reached('Your phone should be ringing');
  });

  test.each([
    ['errors', { status: 500 }],
    ['too many requests', { status: 429, headers: { 'Retry-After': '1' } }],
    ['garbage', { garbage: true }],
    ['half an answer', { truncate: true }],
    ['fifty megabytes', { hugeBytes: 50_000_000 }],
    ['a cut connection', { drop: 'before-headers' }],
  ] as const)(
    '%s: one line says since when the calls are out of date, and disappears by itself',
    async (_name, action) => {
      const { window, pbx } = await signedIn(listOnly);
      pbx.addSession(anna);
      await window.liveCalls.getByText('Anna Berg').waitFor();
      const fault = pbx.faults.add({ method: 'GET', path: '/api/sessions', times: Infinity, action });
      await window.text(/Out of date since/).waitFor();
      await window.liveCalls.getByText('Anna Berg').waitFor();
      fault.remove();
      await window.text(/Out of date since/).waitFor({ state: 'detached' });
    },
  );

  test('a request to dial that is cut off is not repeated; the call is found when the PBX lists it', async () => {
    const { window, pbx } = await signedIn();
    pbx.faults.add({ method: 'POST', path: '/api/sessions', action: { drop: 'before-headers', apply: true } });
    await window.dial('+12015550123');
    await window
      .text(/Check your phone before you call again/)
      .first()
      .waitFor();
    await window.step('Connected');
    await until(() =>
      expect(pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/api/sessions')).toHaveLength(1),
    );
  });

  test('names are hostile text: shown as text, inside the window', async () => {
    const { app, window, pbx } = await signedIn();
    const name = `<img src=x onerror="document.title='owned'"> \u202Egnp.exe ${'A'.repeat(900)}`;
    pbx.addSession({ legs: [{ caller: '+12015550100', callerName: name, callee: '1001', trunk: '<b>Main</b>' }] });
    await window.liveCalls.getByText('<img src=x').waitFor();
    expect(await window.page.title()).toBe('Traydial');
    const sideways = await window.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(sideways).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
