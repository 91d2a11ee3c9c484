import type { english } from '../en/sign-in.ts';

export const german: typeof english = {
  title: 'An der Telefonanlage anmelden',
  toCall: (number) => `Melden Sie sich an, um ${number} anzurufen.`,
  severalNumbers: 'eine von mehreren Nummern',
  address: {
    label: 'Adresse',
    placeholder: 'pbx.beispiel.de',
    hint: 'Server der Anlage oder Link zum Web-Portal.',
  },
  domain: {
    label: 'SIP-Domäne',
    placeholder: 'beispiel.de',
    hint: 'Domäne Ihrer Firma (vom Administrator).',
  },
  username: { label: 'Benutzername', hint: 'Wie im Web-Portal – nicht die Nebenstelle.' },
  password: { label: 'Kennwort' },
  missing: {
    address: 'Geben Sie die Adresse Ihrer Telefonanlage ein.',
    domain: 'Geben Sie die SIP-Domäne Ihrer Firma ein.',
    username: 'Geben Sie Ihren Benutzernamen ein.',
    password: 'Geben Sie Ihr Kennwort ein.',
  },
  domainInvalid: 'Eine SIP-Domäne enthält keine Leerzeichen. Sie sieht aus wie beispiel.de.',
  link: {
    read: (address) => `Aus dem Link übernommen: ${address}.`,
    defaultPort: (host) =>
      `Aus dem Link übernommen: ${host}. Traydial nutzt Port 8887. Braucht Ihre Telefonanlage einen anderen, geben Sie ${host}:Port ein.`,
  },
  remember: 'Auf diesem Computer angemeldet bleiben',
  signIn: 'Anmelden',
  signingIn: 'Anmeldung läuft …',
  test: 'Verbindung testen',
  testing: 'Test läuft …',
  found: 'Hier antwortet eine PortSIP-Anlage.',
  foundTenant: (tenant) => `Das ist die Telefonanlage von ${tenant}.`,
  microsoft:
    'Die Anmeldung mit Microsoft wird noch nicht unterstützt. Sie brauchen ein Kennwort der Telefonanlage; Ihr Administrator kann eins vergeben.',
  demo: {
    label: 'Demo',
    offer: 'Nur mal schauen? Die Demo läuft auf diesem Computer, ganz ohne Konto.',
    start: 'Demo ausprobieren',
    starting: 'Demo startet …',
  },
  busy: {
    title: 'Anmeldung läuft',
    demo: 'Demo startet',
    who: (user, address) => `${user} bei ${address}`,
  },
  code: {
    title: 'E-Mails prüfen',
    sent: (user) => `Ihre Telefonanlage hat einen Anmeldecode an die E-Mail-Adresse von ${user} geschickt.`,
    label: 'Code',
    nothing: 'Keine E-Mail? Sehen Sie im Spam-Ordner nach.',
    checking: 'Wird geprüft …',
    again: 'Neuen Code senden',
    sentAgain: 'Ein neuer Code ist unterwegs.',
    back: 'Zurück zur Anmeldung',
  },
  others: {
    title: (count) => (count === 1 ? 'Weiteres Konto' : 'Weitere Konten'),
    switchTo: 'Wechseln zu',
    asksPassword: 'Fragt nach dem Kennwort',
    other: 'Anderes Konto',
  },
  storage: {
    noAnswer:
      'Der Schlüsselbund dieses Computers antwortet nicht. Bis er antwortet, bleiben Sie nur bis zum Beenden von Traydial angemeldet.',
    none: 'Dieser Computer kann Ihre Anmeldung nirgends sicher speichern. Beim nächsten Start melden Sie sich neu an.',
    weak: 'Dieser Computer hat keinen Schlüsselbund. Die Anmeldung läge in einer Datei, die auch Ihre anderen Programme lesen können.',
    allow: 'Trotzdem speichern',
    untilQuit: 'Nur bis zum Beenden',
    never:
      'Dieser Computer hat keinen Schlüsselbund, und laut Ihren Einstellungen wird ohne ihn nichts gespeichert. Beim nächsten Start melden Sie sich neu an.',
  },
};
