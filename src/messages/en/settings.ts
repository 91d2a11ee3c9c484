import type { Settings } from '../../shared/settings.ts';
import type { ShortcutStatus } from '../../shared/shortcut.ts';
import type { DesktopState, LoginItem } from '../../shared/state.ts';
import { formatFor } from '../format.ts';
import { notifyPerson } from './notify-person.ts';
import { confirm } from './confirm.ts';
import { contacts } from './contacts.ts';
import { countries } from './countries.ts';
import { guards } from './guards.ts';
import { setup } from './setup.ts';
import { synonyms } from './synonyms.ts';

const { and } = formatFor('en');

export type SettingsPage = 'general' | 'calling' | 'confirm' | 'notifications' | 'accounts' | 'advanced';

const pages: Record<SettingsPage, { title: string; about: string }> = {
  general: { title: 'General', about: 'Language, theme, start-up' },
  calling: { title: 'Calling', about: 'Country, numbers, links, shortcut, dial rules' },
  confirm: { title: 'Before calling', about: 'When Traydial asks or waits' },
  notifications: { title: 'Notifications', about: 'Incoming and missed calls' },
  accounts: { title: 'Accounts and contacts', about: 'Sign-in, your own and imported contacts' },
  advanced: { title: 'Advanced', about: 'Sign-in storage, certificates, call options' },
};

const themes: Record<Settings['appearance']['theme'], string> = { system: 'System', light: 'Light', dark: 'Dark' };
const icons: Record<Settings['appearance']['trayIcon'], string> = {
  auto: 'Automatic',
  'light-panel': 'For a light panel',
  'dark-panel': 'For a dark panel',
  colour: 'In colour',
};
/** Why the system does not start Traydial although the setting is on. */
const obstacles: Record<LoginItem, string> = {
  yes: '',
  no: "The system isn't starting Traydial. Turn this off and on again.",
  'needs-consent': 'Allow Traydial in System Settings › General › Login Items.',
  'switched-off': 'Turned off in your system settings. Turn it on there.',
  'program-missing': 'The program that should start is no longer there. Turn this off and on again.',
};
const notifiers: Record<DesktopState['notifier'], string> = {
  electron: 'system',
  'node-notifier': 'helper program',
  none: 'nothing that works',
};
const backends: Record<Settings['notifications']['backend'], string> = {
  auto: 'Automatic',
  electron: 'System',
  'node-notifier': 'Helper program',
};
const shortcutStates: Record<ShortcutStatus['state'], string> = {
  off: 'No shortcut set.',
  registered: 'Works in every program.',
  unproven: 'Accepted. On Wayland, press it once to be sure it works.',
  taken: 'Another program uses it. Choose another one.',
  reserved: 'This shortcut is reserved. Choose another one.',
};
const storage: Record<DesktopState['secrets'], string> = {
  unknown: 'Traydial is checking where this computer can store your sign-in.',
  'no-answer':
    "This computer's keychain doesn't answer. Until it does, your sign-in is kept only until Traydial quits.",
  strong: "Your sign-in is stored in this computer's keychain.",
  weak: 'This computer has no keychain. Other programs that you run could read your sign-in.',
  none: "This computer has no safe place for your sign-in. You'll be asked again next time.",
};
const weakChoices: Record<Settings['secrets']['weakStorage'], string> = {
  ask: 'Ask me',
  allow: 'Save anyway',
  never: "Don't save",
};

export const english = {
  title: 'Settings',
  back: 'Back to settings',
  search: {
    label: 'Search settings',
    synonyms,
    none: (text: string) => `No setting matches “${text}”.`,
    found: (count: number) => formatFor('en').plural(count, { one: '# setting found', other: '# settings found' }),
  },
  pages,
  contacts,
  remove: 'Remove',
  add: 'Add',
  appearance: {
    title: 'Appearance',
    language: 'Language',
    system: 'System',
    theme: 'Theme',
    themes,
    textSize: 'Text size',
    percent: (size: number) => `${size}%`,
    icon: 'Tray icon',
    icons,
  },
  startup: {
    title: 'Start-up',
    atLogin: 'Start when I log in',
    hidden: 'Start hidden in the tray',
    obstacles,
  },
  tour: {
    title: 'First steps',
    about: 'Country, phone links, shortcut and a test notification.',
    start: 'Set up again',
  },
  country: {
    title: 'Location',
    label: 'Country',
    hint: 'For numbers without a + in front.',
    unset: 'Not set',
    found: (name: string) => `Detected: ${name}`,
  },
  numbers: {
    title: 'My numbers',
    rings: 'Phone that rings first',
    ringsHint: (extension: string) =>
      extension === '' ? 'Your extension number.' : `Leave empty to use your extension, ${extension}.`,
    others: 'My other numbers',
    othersHint: 'Calls to these count as yours.',
    removeNumber: (number: string) => `Remove ${number}`,
  },
  rules: {
    title: 'Dial rules',
    about: 'Outside line, 00 instead of +, area code, extensions.',
    unsaved: "Your changes aren't saved yet.",
    edit: 'Edit dial rules',
  },
  confirm,
  guards: { title: 'Always ask first about', fixed: 'Always, without a switch', list: guards },
  links: {
    title: 'Phone links',
    open: 'Phone links open in',
    traydial: 'Traydial',
    nothing: 'no program yet',
    another: 'another program',
    missing: 'a Traydial that was moved or deleted',
    unknown: 'not known',
    checking: 'Checking…',
    several: (programs: readonly string[]) => and(programs),
    use: 'Use Traydial',
    repair: 'Repair',
    choose: 'Choose…',
    forScheme: (scheme: string) => `for ${scheme}: links`,
    details: 'Each kind of link',
    left: (program: string) =>
      `sips: links stay with ${program}. Choose Traydial for them only if you don't use that program for calls.`,
    leftOpen:
      "Softphones such as PortSIP ONE for Microsoft Teams need sips: links. Choose Traydial for them only if you don't use one.",
    install: 'Install the Traydial package to open links.',
    refresh: 'Refresh',
    done: 'Phone links open in Traydial now.',
    chooseNow: 'Choose Traydial in the window that opened.',
    entryMissing:
      "Your desktop doesn't know where this AppImage is. Traydial can add an entry to ~/.local/share/applications.",
    entryPresent: 'This AppImage has an entry in ~/.local/share/applications.',
    addEntry: 'Add the entry',
    removeEntry: 'Remove the entry',
  },
  shortcut: {
    title: 'Shortcut',
    label: 'Call from any program',
    press: 'Press a shortcut… (Esc to cancel)',
    choose: 'Choose a shortcut',
    others: 'Other keys…',
    change: ', change',
    turnOff: 'Turn off',
    recording: 'Waiting for a shortcut.',
    states: shortcutStates,
    dials: 'Shortcut calls',
    dialsHint: "Selected text isn't available on every desktop; copied text always is.",
    clipboard: 'What I copied',
    selection: 'What I selected',
    copyFirst: (keys: string) => `Copy a number in any program (${keys}), then press the shortcut.`,
    test: 'Test the shortcut',
    pressNow: 'Press it now. Nothing will be called.',
    works: 'It works.',
    notPressed: 'No key press received in 10 s. Choose another shortcut.',
    systemKey: 'System key',
  },
  notifications: {
    title: 'Notify me about',
    incoming: 'Incoming calls',
    missed: 'Missed calls',
    sound: 'Play a sound',
    soundHint: {
      linux: 'Your desktop decides whether its notifications have a sound, and which.',
      darwin: 'The alert sound of your Mac.',
      win32: 'The sound of Windows for notifications.',
    },
    pause: 'Pause notifications',
    pausedUntil: (time: string) => `Paused until ${time}`,
    pausedUntilTomorrow: (time: string) => `Paused until tomorrow, ${time}`,
    resume: 'Resume',
    halfHour: '30 minutes',
    tomorrow: 'Until tomorrow',
    testLabel: 'Test notification',
    test: 'Show a test notification',
    show: 'Show',
    sent: 'Sent. Nothing appeared? Check the notification settings of your system, or try another method.',
    openMethod: 'Open notification settings',
    how: 'Call updates',
    openStorage: 'Open Sign-in storage',
  },
  announce: {
    title: 'Which calls',
    kinds: { internal: 'Internal calls', external: 'External calls', queue: 'Calls through a queue or group' },
    favourites: 'Favourites always',
    favouritesHint: 'Also in quiet hours',
  },
  people: {
    title: 'Single people',
    hint: 'They go before the settings above and quiet hours. The details of a call offer the same choice.',
    of: (who: string) => `Notifications of ${who}`,
    choices: notifyPerson,
    number: 'Number',
    add: 'Number of a person of whose calls you never want to be notified',
    remove: (who: string) => `Remove the rule for ${who}`,
  },
  quiet: {
    title: 'Quiet hours',
    on: 'No notifications at these hours',
    hint: 'Calls are still listed. Missed calls are summed up at the end.',
    from: 'From',
    until: 'Until',
    nextDay: 'On the next day',
    days: 'Beginning on',
  },
  accounts: {
    title: 'Signed in on this computer',
    signOut: 'Sign out',
    nobody: 'Nobody is signed in.',
    demo: 'Demo',
    others: 'Other accounts',
    saved: 'Saved accounts',
    switchTo: (name: string) => `Switch to ${name}`,
    switch: 'Switch',
    add: 'Add an account',
    remove: (name: string) => `Remove ${name}`,
    removeActive: 'Sign out and remove this account and its recent calls from this computer?',
    removeOther: 'Remove this account and its recent calls from this computer?',
    keep: 'Keep',
  },
  storage: {
    title: 'Sign-in storage',
    kept: storage,
    weak: 'Without a keychain',
    weakChoices,
    password: 'Keep the password',
    passwordHint:
      "Instant alerts need your password. If it isn't kept, alerts are a few seconds slower after a restart.",
  },
  certificates: {
    title: 'Trusted certificates',
    none: 'None. Certificates you trust when signing in are listed here.',
    forget: (server: string) => `Forget the certificate of ${server}`,
    question: 'Anyone using this certificate will have to sign in and approve it again.',
    verb: 'Forget it',
    trusted: 'Trusted by you',
    trustedSince: (date: string) => `Trusted by you since ${date}`,
    expired: (date: string) =>
      `Expired on ${date}. Traydial still trusts its fingerprint; ask your administrator for a new one.`,
    details: 'Details',
    of: (server: string) => ` of ${server}`,
  },
  polling: {
    title: 'Checking for calls',
    interval: 'Check for calls every',
    intervalHint: '2 to 300. Shorter is faster but loads the PBX.',
    seconds: 'seconds',
    budget: 'Limit requests to',
    budgetHint: "6 to 120. Desks at one IP address share the PBX's limit.",
    perMinute: 'a minute',
  },
  backend: {
    title: 'Notification method',
    label: 'Show notifications via',
    now: (method: string) => `Now: ${method}`,
    notifiers,
    backends,
  },
  extensions: {
    title: 'Extension numbers',
    label: 'Which numbers are internal',
    automatic: 'Not set',
    edit: 'Edit extensions',
  },
  options: {
    title: 'Advanced call options',
    about: 'Sent with every call. Leave a field empty to leave it out.',
  },
  authorities: {
    title: 'Certificate authorities',
    label: 'Additional CA file',
    hint: "For a PBX certificate issued by your own CA: a PEM file with the CA's certificate. System CAs stay trusted.",
    none: 'None',
    list: 'CAs in the file',
    choose: 'Choose a file…',
    useNone: 'Remove the file',
  },
  countries,
  setup,
};
