import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TestPbx } from '../pbx/test-pbx.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, start, startPbx, startSignedIn, type Running } from './support/session.ts';
import { transcriptOf } from './support/transcript.ts';
import type { WindowPage } from './support/window-page.ts';

const [target] = TARGETS;
if (target === undefined) throw new Error('There is no host to listen to.');
const host = target;

const ANNA = { caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' };

/** Compares what a screen reader gets with the stored transcript, without announcements, which come and go. */
const matches = async (window: WindowPage, moment: string): Promise<void> => {
  const transcript = (await transcriptOf(window.page)).replace(/(?<=status · Announcements · live polite\n)[^]*$/, '');
  await expect(transcript).toMatchFileSnapshot(join(import.meta.dirname, 'spoken', `${moment}.txt`));
};

/** Collects what the page has read aloud from now on. */
async function listen(window: WindowPage): Promise<() => Promise<string[]>> {
  await window.page.evaluate(`{
    globalThis.spoken = [];
    const region = document.querySelector('[aria-live]');
    new MutationObserver(() => {
      const text = region.innerText.trim();
      if (text !== '' && text !== globalThis.spoken.at(-1)) globalThis.spoken.push(text);
    }).observe(region, { childList: true, subtree: true, characterData: true });
  }`);
  return () => window.page.evaluate<string[]>('globalThis.spoken');
}

/** Signed in, and push says what it has to say, so that the status bar stays as it is. */
async function startListening(): Promise<Running & { pbx: TestPbx }> {
  const running = await startSignedIn(host);
  await running.window.text('Instant call alerts are on.').waitFor({ state: 'attached' });
  return running;
}

describe('what a screen reader gets of the window', () => {
  cleanUpAfterEach();

  test('signing in, with a certificate that is not known yet', async () => {
    const pbx = await startPbx();
    const { window } = await start(host);
    await window.page.getByRole('heading', { name: 'Sign in to your PBX' }).waitFor();
    await matches(window, 'sign-in');
    await window.button('Sign in').click();
    await window.text('Type your user name.').waitFor();
    await matches(window, 'sign-in-incomplete');
    await window.fillSignIn(pbx, pbx.account.password);
    await window.button('Sign in').click();
    await window.button('Trust this certificate').waitFor();
    expect((await transcriptOf(window.page)).replaceAll(/(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/g, '')).toContain(
      'button · Trust this certificate',
    );
  });

  test('a call that comes in, is answered and ends', async () => {
    const { window, pbx } = await startListening();
    await window.text('No live calls').waitFor();
    await matches(window, 'no-calls');
    const spoken = await listen(window);
    const session = pbx.addSession({ legs: [ANNA] });
    await window.ringing.getByText('Anna Berg').waitFor();
    await matches(window, 'ringing');
    pbx.answer(session);
    await window.liveCalls.getByText('Talking').first().waitFor();
    await matches(window, 'connected');
    pbx.endSession(session);
    await window.recents.getByText('Anna Berg').waitFor();
    expect((await spoken()).join('\n').match(/Anna Berg/g)).toHaveLength(1);
  });

  test('a search, and a call that is placed', async () => {
    const { window, pbx } = await startListening();
    const session = pbx.addSession({ legs: [ANNA] });
    await window.ringing.getByText('Anna Berg').waitFor();
    pbx.endSession(session);
    await window.recents.getByText('Anna Berg').waitFor();
    // Until it was in sight for a moment, it counts as new.
    await window.recents.getByText('New:').waitFor({ state: 'detached' });
    await window.dialField.fill('ann');
    await window.page.getByRole('option', { name: /Anna Berg/ }).waitFor();
    await matches(window, 'search');
    await window.dial('1002');
    await window.step('Your phone is ringing');
    await matches(window, 'placed');
    await window.step('Connected');
    await matches(window, 'placed-connected');
  });

  test('a link that asks, and one with several numbers', async () => {
    const { app, window } = await startListening();
    await app.act({ type: 'open-url', url: 'tel:+12015550123' });
    await window.question.waitFor();
    await matches(window, 'link-question');
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    await window.paste('1002\n+1 201 555 0199');
    await window.text('Choose one of 2 numbers').waitFor();
    await matches(window, 'choose');
  });

  test('a number that cannot be called', async () => {
    const { window } = await startListening();
    await window.dial('4'.repeat(40));
    await window.alert(/Too long for a phone number/).waitFor();
    await matches(window, 'refused');
  });

  test('the settings', async () => {
    const { window } = await startListening();
    await window.openSettings('General');
    await matches(window, 'settings-general');
  });
});
