import { labels } from './dial-options.ts';
import type { ErrorParams, FileProblem, SettingProblem } from '../../shared/errors.ts';
import { text, type ErrorText, type ErrorTexts } from '../error-text.ts';
import { formatFor } from '../format.ts';
import { files } from './files.ts';

const MAYBE_RINGING = 'Prüfen Sie Ihr Telefon, bevor Sie erneut anrufen – es klingelt vielleicht schon.';
const ASK_PERMISSION = 'Anrufen können Sie trotzdem. Bitten Sie Ihren Administrator um die Berechtigung.';
const TRY_AGAIN = 'Versuchen Sie es gleich noch einmal.';
const DIGITS_ONLY = 'Falls es eine Rufnummer ist, geben Sie nur ihre Ziffern ein.';
const COPY_IT = 'Kopieren Sie stattdessen die Nummer.';

export const errors: ErrorTexts = {
  'address-invalid': addressInvalid,
  'dns-failed': text(
    'Es gibt keinen Server mit diesem Namen.',
    'Prüfen Sie die Schreibweise der Adresse und Ihr Netzwerk.',
  ),
  'no-route': text('Der Server ist nicht erreichbar.', 'Prüfen Sie Ihr Netzwerk oder VPN und versuchen Sie es erneut.'),
  'connection-refused': text(
    'Der Server antwortet nicht auf diesem Port.',
    'Prüfen Sie den Port. PortSIP verwendet 8887.',
  ),
  'connection-lost': text('Die Verbindung zur Telefonanlage ist abgebrochen.', TRY_AGAIN),
  'tls-untrusted': text(
    'Dieser Computer vertraut dem Zertifikat des Servers nicht.',
    'Vergleichen Sie den Fingerabdruck mit Ihrem Administrator, bevor Sie dem Zertifikat vertrauen.',
  ),
  'tls-changed': text(
    'Das Zertifikat des Servers ist nicht mehr dasselbe, dem Sie vertraut haben.',
    'Melden Sie sich erst an, wenn Ihr Administrator die Änderung bestätigt hat.',
  ),
  'tls-failed': text(
    'Es kam keine sichere Verbindung zustande.',
    'Prüfen Sie, ob Adresse und Port zur Telefonanlage gehören.',
  ),
  'not-portsip': text('Dieser Server ist keine PortSIP-Telefonanlage.', 'Prüfen Sie Adresse und Port.'),
  'timed-out': text('Die Telefonanlage hat nicht rechtzeitig geantwortet.', TRY_AGAIN),
  'bad-answer': text('Traydial kann die Antwort der Telefonanlage nicht lesen.', TRY_AGAIN),
  'answer-too-large': text('Die Telefonanlage hat mehr Daten geschickt, als Traydial annimmt.', TRY_AGAIN),
  'rate-limited': (params) =>
    text(
      'Die Telefonanlage verlangt weniger Anfragen.',
      params === undefined
        ? TRY_AGAIN
        : `Traydial versucht es von selbst wieder in ${formatFor('de').length(Math.ceil(params.heldMs / 1000))}.`,
    ),
  'pbx-failed': text('Die Telefonanlage meldet einen internen Fehler.', TRY_AGAIN),
  'pbx-refused': text(
    'Die Telefonanlage hat die Anfrage abgelehnt.',
    'Fragen Sie Ihren Administrator, ob sie erlaubt sein sollte.',
  ),
  'not-found': text('Die Telefonanlage kennt diesen Anruf nicht mehr.'),
  'sign-in-refused': text(
    'Benutzername, Kennwort oder Domäne ist falsch.',
    'Verwenden Sie die Zugangsdaten des Web-Portals. Nach fünf Fehlversuchen sperrt die Telefonanlage diesen Computer eine Stunde lang.',
  ),
  'sign-in-microsoft': text(
    'Anmeldung abgelehnt. Die Anmeldung mit Microsoft unterstützt Traydial noch nicht.',
    'Falls Sie ein eigenes Kennwort für die Telefonanlage haben, prüfen Sie Benutzername, Kennwort und Domain.',
  ),
  'sign-in-busy': text('Traydial meldet Sie gerade an.'),
  'password-change-needed': text(
    'Ihre Telefonanlage verlangt, dass Sie Ihr erstes Kennwort ändern.',
    'Ändern Sie es im Web-Portal der Telefonanlage und melden Sie sich dann hier an.',
  ),
  'no-tenant': text(
    'Dieses Konto verwaltet die ganze Telefonanlage. Es hat weder Telefon noch Anrufe.',
    'Melden Sie sich mit dem Konto eines Benutzers Ihrer Firma an.',
  ),
  'domain-unknown': text('Der Server kennt diese Domäne nicht.', 'Fragen Sie Ihren Administrator nach der SIP-Domäne.'),
  'session-expired': text('Ihre Sitzung ist abgelaufen.', 'Melden Sie sich erneut an – es geht nichts verloren.'),
  'signed-out': text('Sie sind nicht angemeldet.', 'Melden Sie sich zuerst an Ihrer Telefonanlage an.'),
  'certificate-forgotten': text(
    'Sie vertrauen dem Zertifikat dieser Telefonanlage nicht mehr, deshalb hat Traydial Sie abgemeldet.',
    'Melden Sie sich erneut an, um das Zertifikat zu sehen.',
  ),
  'secrets-unreadable': text(
    'Ihre gespeicherte Anmeldung lässt sich auf diesem Computer nicht lesen.',
    'Melden Sie sich erneut an.',
  ),
  'secrets-locked': text(
    'Der Schlüsselbund dieses Computers ist gesperrt, deshalb lässt sich Ihre gespeicherte Anmeldung nicht lesen.',
    'Entsperren Sie ihn und starten Sie Traydial neu, oder melden Sie sich erneut an.',
  ),
  'secrets-waiting': text(
    'Der Schlüsselbund dieses Computers antwortet nicht, deshalb lässt sich Ihre gespeicherte Anmeldung noch nicht lesen.',
    'Fragt er nach einem Kennwort, geben Sie es ein; Traydial meldet Sie dann an. Oder melden Sie sich hier an.',
  ),
  'list-forbidden': text(
    'Ihr Konto darf die Anrufe der Firma nicht sehen.',
    'Anrufen können Sie trotzdem. Ein Administrator kann Ihrer Rolle das Recht „Company Call Sessions: View Only“ geben.',
  ),
  'dial-forbidden': (params) =>
    params === undefined
      ? text('Ihr Konto darf diesen Anruf nicht machen.', 'Bitten Sie Ihren Administrator um die Berechtigung.')
      : text(
          `Die Telefonanlage hat abgelehnt: „${params.reason}“`,
          'Bitten Sie Ihren Administrator um die Berechtigung.',
        ),
  'session-id-unusable': text(
    'Die Telefonanlage hat diesem Anruf eine Kennung gegeben, die Traydial nicht verwenden kann.',
    'Legen Sie am Telefon auf.',
  ),
  'hang-up-forbidden': text('Ihr Konto darf Anrufe nicht von hier aus beenden.', 'Legen Sie am Telefon auf.'),
  'status-forbidden': text('Ihr Konto darf nicht sehen, ob das eigene Telefon besetzt ist.', ASK_PERMISSION),
  'history-forbidden': text('Ihr Konto darf die eigene Anrufliste nicht lesen.', ASK_PERMISSION),
  'directory-forbidden': text('Ihr Konto darf dieses Verzeichnis nicht lesen.', ASK_PERMISSION),
  'sync-token-unknown': text(
    'Die Telefonanlage weiß nicht mehr, welche Anrufe Traydial schon hat.',
    'Traydial fordert sie von selbst alle neu an.',
  ),
  'number-empty': text('Keine Nummer zum Anrufen.', 'Geben Sie eine Rufnummer ein oder fügen Sie eine ein.'),
  'number-letters': text('Das ist keine Rufnummer.', 'Geben Sie die Nummer in Ziffern ein.'),
  'number-too-long': text('Zu lang für eine Rufnummer.', 'Geben Sie eine Nummer mit höchstens 32 Ziffern ein.'),
  'number-too-short': text('Zu kurz für eine Rufnummer.', 'Geben Sie die ganze Nummer ein.'),
  'number-incomplete': text(
    'Ein Teil der Nummer fehlt.',
    'Geben Sie sie mit Vorwahl ein, oder mit + und Landesvorwahl.',
  ),
  'number-several': text('Mehr als eine Nummer.', 'Lassen Sie nur eine stehen.'),
  'number-invalid': text(
    'Das kann die Telefonanlage nicht wählen.',
    'Prüfen Sie die Nummer und geben Sie sie neu ein.',
  ),
  'looks-date': text('Das sieht nach einem Datum oder einer Uhrzeit aus.', DIGITS_ONLY),
  'looks-amount': text('Das sieht nach einem Betrag aus.', DIGITS_ONLY),
  'looks-address': text(
    'Das sieht nach einer Adresse aus, nicht nach einer Rufnummer.',
    'Lassen Sie nur die Nummer stehen.',
  ),
  'looks-reference': text('Das sieht nach einer Karten-, Bestell- oder Versionsnummer aus.', DIGITS_ONLY),
  'link-extra': text('Dieser Link enthält nach der Nummer weitere Daten und wurde deshalb nicht verwendet.', COPY_IT),
  'link-invalid': text('Dieser Link enthält keine Rufnummer.', COPY_IT),
  'links-ignored': text(
    'Links und Befehle werden für einige Minuten ignoriert.',
    'Im Infobereich oder hier können Sie das beenden.',
  ),
  'too-many-waiting': text('Zu viele Nummern warten.', 'Beantworten Sie zuerst die Fragen im Fenster.'),
  'contacts-unreadable': text('Diese Datei hat keine lesbaren Kontakte.', 'Exportieren Sie CSV oder vCard.'),
  'rules-file-invalid': () =>
    text(
      'Traydial kann die Wählregeln in dieser Datei nicht verwenden.',
      'Korrigieren Sie die Datei und wählen Sie sie dann erneut aus.',
    ),
  'own-number-unknown': text(
    'Traydial weiß nicht, welches Telefon Ihnen gehört.',
    'Geben Sie Ihre Nebenstelle unter Einstellungen › Anrufen ein.',
  ),
  'dial-in-progress': text('Ein anderer Anruf wird gerade aufgebaut.', 'Brechen Sie ihn zuerst ab.'),
  'dial-unanswered': text('Die Telefonanlage hat nicht geantwortet.', MAYBE_RINGING),
  'dial-failed': text('Die Telefonanlage meldet einen Fehler beim Aufbau des Anrufs.', MAYBE_RINGING),
  'trunk-unavailable': text(
    'Die Telefonanlage konnte diese Amtsleitung nicht verwenden.',
    'Wählen Sie unter „Erweitert“ eine andere oder keine.',
  ),
  'favourites-full': text('Sie haben schon 20 Favoriten.', 'Entfernen Sie zuerst einen.'),
  'call-gone': text('Dieser Anruf steht nicht mehr in der Anrufliste.'),
  'settings-broken': text(
    'Eine Einstellungsdatei war nicht lesbar und wurde beiseitegelegt.',
    'Prüfen Sie Ihre Einstellungen.',
  ),
  'settings-invalid': settingsInvalid,
  'storage-failed': storageFailed,
  'file-unreadable': (params) =>
    text(
      `Diese Datei lässt sich nicht lesen${causeOf(params)}.`,
      'Prüfen Sie, ob sie vorhanden ist und ob Sie sie öffnen dürfen.',
    ),
  'file-unwritable': (params) =>
    text(
      `Die Datei lässt sich nicht schreiben${causeOf(params)}.`,
      'Wählen Sie einen anderen Ordner, oder prüfen Sie den freien Speicherplatz.',
    ),
  'demo-failed': text('Die Demo-Anlage ist nicht gestartet.', 'Starten Sie Traydial neu.'),
  'command-invalid': text('Traydial hat diesen Befehl nicht verstanden.'),
  'shortcut-invalid': text(
    'Das kann keine Tastenkombination sein.',
    'Drücken Sie Strg, Alt oder die Systemtaste zusammen mit einem Buchstaben, einer Ziffer oder einer Funktionstaste.',
  ),
  'shortcut-reserved': text('Diese Tastenkombination ist reserviert.', 'Wählen Sie eine andere.'),
  'links-not-accepted': text(
    'Das System hat Traydial nicht als Programm für diese Links übernommen.',
    'Wählen Sie Traydial in den Einstellungen Ihres Desktops.',
  ),
  'action-failed': text('Dieser Computer hat das nicht erlaubt.'),
  internal: text(
    'In Traydial ist ein Fehler aufgetreten.',
    'Versuchen Sie es erneut. Einzelheiten stehen im Protokoll.',
  ),
  'push-missing': text(
    'Diese Telefonanlage meldet Anrufe nicht sofort.',
    'Traydial fragt stattdessen alle paar Sekunden nach Anrufen.',
  ),
  'push-sign-in-refused': text(
    'Die Telefonanlage hat Ihre Anmeldung für sofortige Anrufmeldungen nicht angenommen.',
    'Melden Sie sich erneut an. Bis dahin fragt Traydial alle paar Sekunden nach Anrufen.',
  ),
  'push-forbidden': text(
    'Ihr Konto darf keine sofortigen Anrufmeldungen empfangen.',
    'Ein Administrator kann Ihrer Rolle das Recht „Users: View Only“ geben. Bis dahin fragt Traydial alle paar Sekunden nach Anrufen.',
  ),
  'two-factor-wrong': text('Falscher Code.', 'Geben Sie den Code aus der neuesten E-Mail ein.'),
  'two-factor-expired': text('Dieser Code ist abgelaufen.', 'Melden Sie sich erneut an, um einen neuen zu erhalten.'),
  'tls-ca-unreadable': (params) =>
    text(
      `Die Datei mit Zertifizierungsstellen lässt sich nicht verwenden${causeOf(params)}.`,
      'Wählen Sie eine PEM-Datei. Sie enthält die Zeile -----BEGIN CERTIFICATE-----.',
    ),
  'tls-ca-none': text(
    'Diese Datei enthält kein Zertifikat einer Zertifizierungsstelle.',
    'Fragen Sie Ihren Administrator nach dem Zertifikat der Stelle, nicht nach dem der Telefonanlage.',
  ),
  'proxy-unreachable': text(
    'Der Proxy dieses Computers ist nicht erreichbar.',
    'Prüfen Sie Ihr Netzwerk oder VPN und versuchen Sie es erneut.',
  ),
  'proxy-refused': text(
    'Der Proxy dieses Netzwerks lässt die Verbindung zur Telefonanlage nicht zu.',
    'Bitten Sie Ihren Administrator, Adresse und Port der Telefonanlage freizugeben.',
  ),
  'proxy-auth-needed': text(
    'Der Proxy dieses Netzwerks verlangt Benutzername und Kennwort, die Traydial nicht senden kann.',
    'Bitten Sie Ihren Administrator, Verbindungen zur Telefonanlage ohne Anmeldung zuzulassen.',
  ),
  'proxy-unsupported': text(
    'Traydial kann die Art des Proxys dieses Computers nicht verwenden, etwa SOCKS.',
    'Bitten Sie Ihren Administrator um einen HTTP-Proxy oder eine direkte Verbindung zur Telefonanlage.',
  ),
};

function addressInvalid(params?: ErrorParams['address-invalid']): ErrorText {
  switch (params?.problem) {
    case 'http':
      return text('Verwenden Sie https:// oder nur den Hostnamen, z. B. pbx.example.com.');
    case 'scheme':
      return text('Nur Adressen mit https:// sind möglich.', 'Geben Sie nur den Hostnamen ein, z. B. pbx.example.com.');
    case 'user-name':
      return text('Lassen Sie den Benutzernamen in der Adresse weg.');
    case 'port':
      return text('Ein Port ist eine Zahl von 1 bis 65535.');
    case 'empty':
      return text('Geben Sie die Adresse Ihrer Telefonanlage ein, z. B. pbx.example.com.');
    case 'too-long':
    case 'host':
    case undefined:
      return text(
        'Das ist weder ein Hostname noch eine IP-Adresse.',
        'Geben Sie eine Adresse wie pbx.example.com ein.',
      );
  }
}

const SETTINGS: Readonly<Record<string, (limits: SettingProblem) => string>> = {
  'polling.intervalSeconds': ({ min, max }) => `Geben Sie ${min} bis ${max} Sekunden ein.`,
  'polling.requestsPerMinute': ({ min, max }) => `Geben Sie ${min} bis ${max} Anfragen pro Minute ein.`,
  'identity.callFrom': () => 'Geben Sie eine Rufnummer ein (nur Ziffern), oder lassen Sie das Feld leer.',
  'identity.ownNumbers': ({ max }) =>
    max === undefined
      ? 'Geben Sie eine Rufnummer ein (nur Ziffern).'
      : `Höchstens ${max} Nummern können Ihnen gehören.`,
  'trust.authoritiesFile': () => 'Geben Sie den vollständigen Pfad einer Datei ein.',
};

const OPTIONS: Readonly<Record<string, string>> = labels;

function settingsInvalid(problem?: SettingProblem): ErrorText {
  const { setting = '', max } = problem ?? {};
  const takes = problem === undefined ? undefined : SETTINGS[setting]?.(problem);
  if (takes !== undefined) return text(takes);
  const option = OPTIONS[setting.replace(/^dialling\.options\./, '')];
  if (option === undefined) {
    return text('Dieser Wert ist nicht möglich.', 'Wählen Sie einen der angebotenen Werte.');
  }
  return text(
    max === undefined ? `${option}: eine Zeile Text.` : `${option}: eine Zeile mit höchstens ${max} Zeichen.`,
  );
}

function storageFailed(problem?: FileProblem): ErrorText {
  if (problem === undefined) {
    return text(
      'Die Änderung konnte nicht gespeichert werden.',
      'Prüfen Sie den freien Speicherplatz und die Rechte Ihres Benutzerordners.',
    );
  }
  const { file, cause, folder } = problem;
  switch (problem.problem) {
    case 'unwritable':
      return text(
        `Die Änderung konnte nicht gespeichert werden (${files.cause(cause)}).`,
        `Prüfen Sie den freien Speicherplatz und die Rechte von ${folder}.`,
      );
    case 'unreadable':
      return text(
        `Die Änderung konnte nicht gespeichert werden: ${file}.json ist nicht lesbar (${files.cause(cause)}).`,
        'Machen Sie die Datei lesbar und starten Sie Traydial dann neu.',
      );
    case 'readable-again':
      return text(
        `Die Änderung konnte nicht gespeichert werden: ${file}.json war beim Start nicht lesbar.`,
        'Jetzt ist die Datei wieder lesbar. Starten Sie Traydial neu, um sie zu verwenden.',
      );
  }
}

const causeOf = (params?: { cause: string }): string => (params === undefined ? '' : ` (${files.cause(params.cause)})`);
