type Field = 'address' | 'domain' | 'username' | 'password';

const missing: Record<Field, string> = {
  address: 'Type the address of your PBX.',
  domain: 'Type the SIP domain of your company.',
  username: 'Type your user name.',
  password: 'Type your password.',
};

export const english = {
  title: 'Sign in to your PBX',
  toCall: (number: string) => `Sign in to call ${number}.`,
  severalNumbers: 'one of several numbers',
  address: {
    label: 'PBX address',
    placeholder: 'pbx.example.com',
    hint: 'Server of the PBX, or the link to its web portal.',
  },
  domain: {
    label: 'SIP domain',
    placeholder: 'example.com',
    hint: "Your company's domain. Ask your administrator.",
  },
  username: { label: 'User name', hint: 'Same as for the web portal – not your extension.' },
  password: { label: 'Password' },
  missing,
  domainInvalid: 'A SIP domain has no spaces. It looks like example.com.',
  link: {
    read: (address: string) => `Taken from the link: ${address}.`,
    defaultPort: (host: string) =>
      `Taken from the link: ${host}. Traydial connects on port 8887. If your PBX uses another one, type ${host}:port.`,
  },
  remember: 'Stay signed in on this computer',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  test: 'Test connection',
  testing: 'Testing…',
  found: 'A PortSIP PBX answers here.',
  foundTenant: (tenant: string) => `This is the PBX of ${tenant}.`,
  microsoft:
    "Signing in with Microsoft isn't supported yet. You need a password of the PBX; your administrator can set one.",
  demo: {
    label: 'Demo',
    offer: 'Just looking? Try the demo – it runs on this computer, no account needed.',
    start: 'Try the demo',
    starting: 'Starting the demo…',
  },
  busy: {
    title: 'Signing in',
    demo: 'Starting the demo',
    who: (user: string, address: string) => `${user} at ${address}`,
  },
  code: {
    title: 'Check your e-mail',
    sent: (user: string) => `Your PBX sent a sign-in code to the e-mail address of ${user}.`,
    label: 'Code',
    nothing: 'No e-mail? Look in the spam folder.',
    checking: 'Checking…',
    again: 'Send a new code',
    sentAgain: 'A new code is on its way.',
    back: 'Back to sign-in',
  },
  others: {
    title: (count: number): string => (count === 1 ? 'Another account' : 'Other accounts'),
    switchTo: 'Switch to',
    asksPassword: 'Asks for the password',
    other: 'Another account',
  },
  storage: {
    noAnswer: "This computer's keychain doesn't answer. Until it does, you stay signed in only until Traydial quits.",
    none: "This computer has no safe place for your sign-in. You'll be asked again next time.",
    weak: 'This computer has no keychain. Your sign-in would be in a file that other programs you run can read.',
    allow: 'Save anyway',
    untilQuit: 'Until I quit',
    never:
      "This computer has no keychain, and your settings don't allow saving without one. You'll be asked again next time.",
  },
};
