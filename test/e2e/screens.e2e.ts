import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NO_TOPICS } from '../pbx/dialects.ts';
import type { TestPbxOptions } from '../pbx/test-pbx.ts';
import { TARGETS } from './support/launch.ts';
import { capture, captureState, captureView, showLanguage } from './support/capture.ts';
import { visitOffice } from './support/office-scene.ts';
import {
  installPrograms,
  visitAccounts,
  visitCode,
  visitForms,
  visitHelp,
  visitHistory,
  visitSetup,
  visitSignIn,
  type Visit,
} from './support/scenes.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, startSignedIn, until } from './support/session.ts';

const [host] = TARGETS;
if (host === undefined) throw new Error('There is no host to look at.');

/** A pace at which placed calls change only by hand. */
const SLOW = 0.02;

/** Other states of a view that has pictures in each theme and language. */
const STATES = [
  'sign-in-incomplete',
  'sign-in-code',
  'contacts-imported',
  'history-details',
  'history-delete',
  'sign-out-question',
  'account-menu',
];
/** Of these a theme is enough: it changes nothing but the colours that are everywhere. */
const LIGHT = /^(setup-|guide|keys)/;

/** What is behind this question depends on the date. */
const PARTS: Record<string, string> = { 'history-remind': '.sheet' };

const take: Visit = ({ page }, scene) =>
  STATES.includes(scene)
    ? captureState(page, scene)
    : captureView(page, scene, {
        ...(LIGHT.test(scene) ? { themes: ['light'] } : {}),
        ...(PARTS[scene] === undefined ? {} : { part: PARTS[scene] }),
      });

describe('every view and state, in both themes and languages, looks as accepted and right to axe', () => {
  cleanUpAfterEach();

  const signedIn = (options?: TestPbxOptions) => startSignedIn(host, options);

  test('first run and signing in', () => visitSignIn(host, take));
  test('the code of a two-factor sign-in', () => visitCode(host, take));
  test('the first steps', () => visitSetup(host, take));
  test('about, guide and keys', () => visitHelp(host, take));
  test('rules, contacts, quiet hours', () => visitForms(host, take));
  test('all calls and those to call back', () => visitHistory(host, take));
  test('switching and leaving accounts', () => visitAccounts(host, take));
  test('a morning in the office, as README and guide show it', () =>
    visitOffice(host, (window, scene) => capture(window.page, scene)));

  test('the demo, with everything moving', async () => {
    const { window } = await start(host, { demo: true });
    await window.button('Call me').click();
    await window.liveCalls.getByText('Ringing').first().waitFor();
    await capture(window.page, 'demo');
    // The calls above it come and go.
    await captureState(window.page, 'demo-bar', { part: '.demo' });
  });

  test('calls, live and placed', async () => {
    const pbx = await startPbx({ pace: SLOW });
    // Before the sign-in: a call that was answered a while ago is one that the first poll of the list finds.
    const office = [
      { caller: '+442079460018', callerName: 'Priya Shah', callee: '1004', trunk: 'Main', answeredSecondsAgo: 64 },
      { caller: '1006', callerName: 'Owen Clarke', callee: '+12015550119', trunk: 'Main', answeredSecondsAgo: 207 },
      { caller: '1002', callerName: 'Lena Fischer', callee: '1005' },
    ];
    for (const leg of office) pbx.addSession({ legs: [leg], startedSecondsAgo: (leg.answeredSecondsAgo ?? 0) + 9 });
    const { window } = await start(host);
    await window.signIn(pbx);
    await window.showColleagues();
    await window.liveCalls.getByText('Lena Fischer').waitFor();
    await window.button('Dismiss the country').click();
    const mine = pbx.addSession({
      legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }],
    });
    await window.liveCalls.getByText('Anna Berg').waitFor();
    await captureView(window.page, 'calls-ringing');
    pbx.answer(mine);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    pbx.endSession(mine);
    await window.recents.getByText('Anna Berg').waitFor();

    await window.dialField.fill('+1 (201) 555-0123');
    await window.text('+1 201 555 0123').first().waitFor();
    await captureView(window.page, 'dial-preview');
    await window.button('Advanced call options').click();
    await captureView(window.page, 'dial-advanced');
    await window.button('Done').click();
    await window.dialField.press('Enter');
    await window.step('Your phone is ringing');
    pbx.calls.answerNewest();
    await window.step('Ringing +1 201 555 0123');
    await captureView(window.page, 'placed-ringing');
    pbx.calls.answerNewest();
    await window.step('Connected');
    await captureView(window.page, 'placed-connected');
    await window.button('Hang up').click();
    // Under the pointer it stays.
    await window.button('Call again').hover();
    await captureView(window.page, 'placed-ended', { underPointer: true });

    await window.button('Dismiss').click();
    await window.dialField.fill('zzz');
    await window.text('No one matches').waitFor();
    await captureState(window.page, 'dial-nobody');
    await window.dial('4'.repeat(40));
    await window.alert(/Too long for a phone number/).waitFor();
    // How far the field has scrolled depends on the font.
    await capture(window.page, 'dial-refused');
  });

  test('a call that rings during another one', async () => {
    const { window, pbx } = await signedIn({ pace: SLOW });
    await window.button('Dismiss the country').click();
    await window.dial('+12015550123');
    await window.step('Your phone is ringing');
    pbx.calls.answerNewest();
    await window.step('Ringing +1 201 555 0123');
    pbx.calls.answerNewest();
    await window.step('Connected');
    pbx.addSession({ legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }] });
    await window.ringing.getByText('Anna Berg').waitFor();
    await captureView(window.page, 'ringing-in-call');
  });

  test('no calls, then a link that asks', async () => {
    const { app, window } = await signedIn();
    await window.text('Connected').first().waitFor();
    await captureView(window.page, 'calls-none');
    await app.act({ type: 'open-url', url: 'tel:+12015550123' });
    await window.question.waitFor();
    await captureView(window.page, 'link-question');
  });

  test('a question with reasons, digits for later, a list to choose from', async () => {
    const { app, window, pbx } = await signedIn({ pace: SLOW });
    await window.confirm('Clicked links', 'Call after 3 s');
    await window.dial('+12015550123,,456#');
    await window.step('Your phone is ringing');
    pbx.calls.answerNewest();
    await window.step('Ringing +1 201 555 0123');
    pbx.calls.answerNewest();
    await window.step('Connected');
    await captureView(window.page, 'placed-then-press');
    await app.act({ type: 'open-url', url: 'tel:+12015550123' });
    await window.reasons.waitFor();
    await captureView(window.page, 'question-guards');
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    await window.paste('1002\n+1 201 555 0199\n+12015550100,,7#');
    await window.text('Choose one of 3 numbers').waitFor();
    await captureView(window.page, 'dial-choose');
    await window.dialField.fill('+12015550100,,7#');
    await window.text(/^then press 7/).waitFor();
    await window.text(/^Choose one/).waitFor({ state: 'detached' });
    await captureView(window.page, 'dial-preview-then');
    await window.dialField.fill('');
    await window.dial('112');
    await window.reasons.waitFor();
    await captureView(window.page, 'question-emergency');
  });

  test.for(['de', 'en'] as const)('three seconds to undo, in %s', async (language) => {
    const { app, window } = await signedIn();
    await window.confirm('Typed or picked in Traydial', 'Call after 3 s');
    await window.dial('+12015550123');
    await window.question.waitFor();
    await showLanguage(window.page, language);
    // Three seconds are not enough for all pictures on a busy computer.
    app.signal('SIGSTOP');
    await captureView(window.page, 'question-undo', { languages: [language] });
    app.signal('SIGCONT');
  });

  test('three calls that ring at once, a narrow window, large text', async () => {
    const { window, pbx } = await signedIn();
    const longest = { themes: ['light'], languages: ['de'] } as const;
    const callers = ['Harbour Freight Ltd', 'Katharina Brandstetter', 'Anna Berg'];
    const ids: string[] = [];
    for (const [index, callerName] of callers.entries()) {
      ids.push(pbx.addSession({ legs: [{ caller: `+1201555010${index}`, callerName, callee: '1001' }] }));
      await window.ringing.getByText(callerName).waitFor();
    }
    await captureView(window.page, 'three-ringing', longest);
    await showLanguage(window.page, 'en');
    for (const id of ids) pbx.endSession(id);
    await window.recents.getByRole('listitem').nth(2).waitFor();
    // Until they were in sight for a moment, they count as new.
    await window.recents.getByText('New:').first().waitFor({ state: 'detached' });
    await window.page.setViewportSize({ width: 340, height: 420 });
    await captureView(window.page, 'calls-narrow', longest);
    await window.page.setViewportSize({ width: 380, height: 620 });
    await window.enlargeText(200);
    await captureView(window.page, 'calls-large', longest);
  });

  test('an outage of the list', async () => {
    // When push works, the list may be polled a minute later.
    const { window, pbx } = await signedIn({ dialect: NO_TOPICS });
    pbx.addSession({ legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }] });
    await window.liveCalls.getByText('Anna Berg').waitFor();
    const fault = pbx.faults.add({ path: '/api/sessions', times: Infinity, action: { status: 503 } });
    await window.text(/Out of date since/).waitFor();
    await captureState(window.page, 'stale');
    fault.remove();
    pbx.revokeTokens();
    await window.text('Your session has expired').waitFor();
    await captureState(window.page, 'session-expired');
  });

  test('an account that may not list calls', async () => {
    const { window } = await signedIn({ mayListSessions: false, dialect: NO_TOPICS });
    await window.text("can't list the company's calls").first().waitFor();
    await captureState(window.page, 'forbidden');
  });

  test('an account that may not list calls sees its own, as the PBX announces them', async () => {
    const { app, window, pbx } = await signedIn({ mayListSessions: false });
    await until(() => expect(pbx.push.connections[0]?.topics).toHaveLength(2));
    pbx.addSession({ legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }] });
    await window.liveCalls.getByText('Anna Berg').waitFor();
    await captureState(window.page, 'own-calls');
    expect(await window.text("can't list the company's calls").count()).toBe(0);
    expect((await app.state()).notifications).toHaveLength(1);
  });

  test('settings and about, from top to bottom', async () => {
    const { window } = await signedIn();
    await window.openSettings();
    await captureView(window.page, 'settings');
    await window.page.getByLabel('Search settings').fill('theme');
    await window.text('1 setting found').waitFor();
    await captureState(window.page, 'settings-search');
    // What was searched for stays until somebody clears it.
    await window.page.getByLabel('Search settings').fill('');
    for (const page of ['General', 'Calling', 'Before calling', 'Notifications', 'Accounts', 'Advanced'] as const) {
      await window.openSettings(page);
      await captureView(window.page, `settings-${page.toLowerCase().replace(' ', '-')}`);
    }
    await window.openSettings('Before calling');
    // At the end are the guards that cannot be switched off. The texts of a language come a moment after it.
    const fixed = { de: 'Immer, ohne Schalter', en: 'Always, without a switch' };
    for (const language of ['de', 'en'] as const) {
      await showLanguage(window.page, language);
      await window.page.getByRole('heading', { name: fixed[language] }).scrollIntoViewIfNeeded();
      await captureView(window.page, 'settings-guards', { languages: [language] });
    }
  });

  test('links, the shortcut and favourites', async () => {
    const profile = newProfile();
    const env = installPrograms(profile);
    const defaults = ['tel', 'traydial'].map(
      (scheme) => `x-scheme-handler/${scheme}=io.github.traydial.Traydial.desktop`,
    );
    const others = ['sip', 'sips'].map((scheme) => `x-scheme-handler/${scheme}=linphone.desktop`);
    const list = ['[Default Applications]', ...defaults, ...others, ''].join('\n');
    writeFileSync(join(profile, 'appData/mimeapps.list'), list);
    const pbx = await startPbx();
    const callers = [
      { caller: '1004', callerName: 'Priya Shah' },
      { caller: '+12015550142', callerName: 'Anna Berg' },
      { caller: '+442079460018', callerName: '' },
    ];
    // Before the sign-in: the first poll of the list finds when each started, by which the recent calls are sorted.
    const ids = callers.map((caller, index) =>
      pbx.addSession({ legs: [{ ...caller, callee: '1001', trunk: 'Main' }], startedSecondsAgo: 9 - 3 * index }),
    );
    const { app, window } = await start(host, { profile, env });
    await window.signIn(pbx);
    await window.dialField.waitFor();
    await window.liveCalls.getByRole('listitem').nth(2).waitFor();
    for (const [index, id] of ids.entries()) {
      pbx.endSession(id);
      await window.recents.getByRole('listitem').nth(index).waitFor();
    }
    await window.waitUntilClicksCount();
    for (const star of await window.recents.getByRole('button', { name: /as favourite$/ }).all()) await star.click();
    await window.page.getByRole('list', { name: 'Favourites' }).waitFor();
    // Until they were in sight for a moment, they count as new.
    await window.recents.getByText('New:').first().waitFor({ state: 'detached' });
    // Until the PBX has written its records, a call may only count as not answered.
    await window.recents.getByText('Missed').nth(2).waitFor();
    await captureView(window.page, 'favourites');
    await window.openSettings('Calling');
    await window.page.getByLabel('Call from any program').click();
    await window.page.keyboard.press('Control+Alt+d');
    await window.button('Test the shortcut').waitFor();
    await (await window.showKindsOfLinks()).scrollIntoViewIfNeeded();
    await captureView(window.page, 'settings-links');
    await window.button('Test the shortcut').scrollIntoViewIfNeeded();
    await captureView(window.page, 'settings-shortcut');
    writeFileSync(join(profile, 'appData/mimeapps.list'), list.replaceAll('io.github.traydial.Traydial', 'linphone'));
    await window.button('Refresh').click();
    await window.text('Linphone took over tel: and traydial: links.').waitFor();
    await window.button('Settings').click();
    await captureView(window.page, 'links-taken');
    await window.button(/^Dismiss: Linphone/).click();
    expect((await app.state()).windows).toHaveLength(1);
  });

  test('notices of this computer', async () => {
    const profile = newProfile();
    mkdirSync(profile, { recursive: true });
    writeFileSync(join(profile, 'settings.json'), '{');
    const { window } = await start(host, { profile, sim: ['safeStorage=basic_text'] });
    await window.text('settings.broken-').waitFor();
    await captureState(window.page, 'notices');
  });
});
