// A program with a desk and nothing else: signs in, gets into the given state, closes the desk, and is expected to end
// by itself. What keeps it from ending is written out. Arguments: the state, and the form of the sign-in as JSON.
import { getActiveResourcesInfo } from 'node:process';
import { writeSync } from 'node:fs';
import { systemClock } from '../../src/core/clock.ts';
import { Desk } from '../../src/core/desk.ts';
import { recentsHistories } from '../../src/core/history/recents-history.ts';
import { silentLog } from './silent-log.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings/defaults.ts';
import { appError } from '../../src/shared/errors.ts';
import type { SignInForm } from '../../src/shared/account.ts';
import { err, ok } from '../../src/shared/result.ts';
import { NETWORK } from '../../src/core/pbx/transport.ts';

const [state = '', form = '{}'] = process.argv.slice(2);
let onChange = (): void => {};

const desk = new Desk({
  transport: NETWORK,
  clock: systemClock,
  log: silentLog,
  accounts: {
    demo: false,
    accounts: [],
    certificates: [],
    saveAccounts: () => {},
    saveCertificates: () => {},
    hasSecrets: () => false,
    loadSecrets: () => Promise.resolve(ok(null)),
    saveSecrets: () => Promise.resolve(),
  },
  openDemo: () => Promise.resolve(err(appError('demo-failed'))),
  proxyFor: () => Promise.resolve('DIRECT'),
  authorities: () => undefined,
  userActivity: () => ({ windowVisible: true, idle: false }),
  settings: () => ({ ...DEFAULT_SETTINGS, polling: { intervalSeconds: 2, requestsPerMinute: 120 } }),
  histories: recentsHistories({ load: () => [], save: () => {} }, systemClock),
  favourites: { open: () => {}, forget: () => {}, all: [] },
  people: { path: () => null, forget: () => undefined },
  onChange: () => onChange(),
  onEvents: () => {},
  onSignedOut: () => {},
  onAttention: () => {},
  country: { system: '', memory: { shownCountries: () => [], saveShownCountries: () => undefined } },
});

const until = (check: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    onChange = () => {
      if (check()) resolve();
    };
    onChange();
  });

const signedIn = desk.accounts.signIn(JSON.parse(form) as SignInForm);
writeSync(1, 'signing in\n');
if (state === 'signing in') {
  // The parent says when the request has arrived.
  await new Promise((resolve) => process.stdin.once('data', resolve));
  process.stdin.destroy();
} else {
  await signedIn;
  await until(() => desk.calls.list.status === 'live');
  writeSync(1, 'live\n');
  if (state === 'a call being placed') await desk.dialCommands.place('+12015550123', 'typed');
  if (state === 'a list that fails') await until(() => desk.calls.list.status === 'stale');
  if (state === 'signed out') await desk.accounts.signOut();
  if (state === 'a list that is not answered' || state === 'a call that is not answered') {
    if (state.startsWith('a call')) void desk.dialCommands.place('+12015550123', 'typed');
    await new Promise((resolve) => process.stdin.once('data', resolve));
  }
  process.stdin.destroy();
}
await desk.close();
writeSync(1, 'closed\n');
// Silent where all is well: a timer that is not counted does not keep the process.
const late = setTimeout(() => writeSync(1, `still there: ${getActiveResourcesInfo().join(', ')}\n`), 3_000);
late.unref();
