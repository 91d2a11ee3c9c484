import type { Payload } from '../../shared/ipc.ts';

const demoEvents: Record<Payload<'demo.make'>['event'], string> = {
  incoming: 'Call me',
  colleague: 'Colleague',
  transferred: 'Transfer',
  missed: 'Missed',
};

/** The parts around every view: status, accounts, demo, keys. */
export const frame = {
  calls: 'Calls',
  startFailed: 'Traydial could not start',
  tryAgain: 'Try again',
  loadFailed: 'This part of the window could not be loaded. Quit Traydial and start it again.',
  spoken: 'Announcements',
  andMore: (count: number): string => `And ${count} more.`,
  views: 'Views',
  settings: 'Settings',
  about: 'About Traydial',
  notSignedIn: 'Not signed in',
  notificationsPaused: (until: string): string => `Notifications are paused until ${until}`,
  accountOf: (who: string): string => `Account: ${who}. Switch to another`,
  switchTo: 'Switch to',
  details: 'Details',
  openSetting: { 'call-from': 'Open My numbers', 'always-trunk': 'Open Advanced call options' },
  copyDetails: 'Copy details',
  detailsCopied: 'Details copied',
  leaving: {
    title: 'You are on a call',
    text: 'Traydial will stop showing it. The call itself goes on at your phone.',
    stay: 'Stay signed in',
    verbs: { 'account.sign-out': 'Sign out', 'account.switch': 'Switch account', 'account.add': 'Add account' },
  },
  demo: 'Demo',
  demoEvents,
  hideDemo: 'Hide the demo bar',
  keys: 'Keyboard shortcuts',
  keyWords: {
    control: 'Ctrl',
    deleteKey: 'Del',
    focusField: 'Type a name or number',
    choose: 'Choose a match or a recent call',
    call: 'Call it',
    escape: 'Clear the field, cancel, go back, then hide the window',
    remove: 'Remove a recent call or favourite',
    settings: 'Settings',
    searchSettings: 'Search settings',
    textSize: 'Larger, smaller, normal text',
    keys: 'This list',
  },
};
