/**
 * Every error a user can meet: a stable code, a sentence, and where there is one, the thing to do next.
 * Codes are part of the program's interface (logs, tests, support); sentences may be improved freely.
 */
const TABLE = {
  // Address and connection
  'address-invalid': ['That is not a server address.', 'Type a host name or IP address such as pbx.example.com.'],
  'dns-failed': ['No server is known by that name.', 'Check the spelling of the address and your network.'],
  'no-route': ['The server could not be reached.', 'Check your network or VPN, then try again.'],
  'connection-refused': [
    'The server is there, but nothing answers on that port.',
    'Check the port; PortSIP uses 8887.',
  ],
  'connection-lost': ['The connection to the PBX was cut off.', 'Try again in a moment.'],
  'tls-untrusted': [
    "The server's certificate is not trusted by this computer.",
    'Compare the fingerprint with your administrator before you trust it.',
  ],
  'tls-changed': [
    "The server's certificate is not the one you trusted before.",
    'Do not sign in before your administrator confirms the change.',
  ],
  'tls-failed': ['A secure connection could not be set up.', 'Check that the address and port are those of the PBX.'],
  'not-portsip': ['There is a server, but it is not a PortSIP PBX.', 'Check the address and port.'],
  'timed-out': ['The PBX did not answer in time.', 'Try again in a moment.'],
  // What the PBX answered
  'bad-answer': ['The PBX sent an answer that could not be read.', 'Try again in a moment.'],
  'answer-too-large': ['The PBX sent more data than Traydial accepts.', 'Try again in a moment.'],
  'rate-limited': ['The PBX asked to be called less often.', 'Try again in a moment.'],
  'pbx-failed': ['The PBX reported an internal error.', 'Try again in a moment.'],
  'pbx-refused': ['The PBX refused the request.', 'Ask your administrator if it should be allowed.'],
  'not-found': ['The PBX does not know that call any more.', null],
  // Signing in
  'sign-in-refused': [
    'User name, password or domain is wrong.',
    'The user name is not the extension number, and the password is not the SIP password. After five failures the PBX blocks your address for an hour.',
  ],
  'sign-in-busy': ['Traydial is signing in already.', null],
  'password-change-needed': [
    'Your PBX wants you to change your first password.',
    'Change it in the web portal of the PBX, then sign in here.',
  ],
  'no-tenant': [
    'That is an account of the whole PBX, which has no phone and no calls.',
    'Sign in with the account of a user of your company.',
  ],
  'domain-unknown': ['The server does not know that domain.', 'Ask your administrator for the SIP domain.'],
  'session-expired': ['Your PBX ended this sign-in.', 'Sign in again; nothing is lost.'],
  'signed-out': ['You are not signed in.', 'Sign in to your PBX first.'],
  'certificate-forgotten': [
    'You trust the certificate of this PBX no longer, so Traydial has left it.',
    'Sign in again to look at its certificate.',
  ],
  'secrets-unreadable': ['The saved sign-in could not be read on this computer.', 'Sign in again.'],
  'secrets-locked': [
    'The key store of this computer is locked, so the saved sign-in could not be read.',
    'Unlock your key ring and restart Traydial, or sign in again.',
  ],
  // Permissions
  'list-forbidden': [
    'Your PBX account may not list company calls.',
    'Dialling still works. An administrator can give your role "Company Call Sessions: View Only".',
  ],
  'dial-forbidden': ['Your PBX account may not place calls this way.', 'Ask your administrator for permission.'],
  'session-id-unusable': ['The PBX gave this call an id that Traydial cannot use to end it.', 'Hang up on your phone.'],
  'hang-up-forbidden': ['Your PBX account may not end calls from here.', 'Hang up on your phone.'],
  'status-forbidden': [
    'Your PBX account may not ask whether its own phone is on a call.',
    'Dialling still works. Ask your administrator for permission.',
  ],
  'history-forbidden': [
    'Your PBX account may not read its call history.',
    'Dialling still works. Ask your administrator for permission.',
  ],
  'sync-token-unknown': [
    'The PBX forgot which calls Traydial knows already.',
    'Traydial asks for all of them again by itself.',
  ],
  // Dialling
  'number-empty': ['There is no number to dial.', 'Type or paste a phone number.'],
  'number-letters': ['That is not a phone number.', 'Type the number in digits.'],
  'number-too-long': ['That is too long for a phone number.', 'Type one number of at most 32 digits.'],
  'number-too-short': ['That is too short for a phone number.', 'Type the whole number.'],
  'number-incomplete': ['A part of that number is missing.', 'Type it with its area code, or with + and the country.'],
  'number-several': ['There is more than one number in that text.', 'Leave only the number to dial.'],
  'number-invalid': ['That is not a number the PBX could dial.', 'Check it and type it again.'],
  'looks-date': ['That looks like a date or a time.', 'If it is a phone number, type its digits only.'],
  'looks-amount': ['That looks like an amount.', 'If it is a phone number, type its digits only.'],
  'looks-address': ['That looks like an address, not a phone number.', 'Leave only the number to dial.'],
  'looks-reference': [
    'That looks like the number of a card, an order, a book or a version.',
    'If it is a phone number, type its digits only.',
  ],
  'link-extra': ['That link carries more than a phone number.', 'Copy the number from the page and paste it here.'],
  'link-invalid': ['That link holds no phone number.', 'Copy the number from the page and paste it here.'],
  'rules-file-invalid': [
    'That file holds no dial rules that Traydial can use.',
    'Correct the file, then choose it again.',
  ],
  'own-number-unknown': [
    'Traydial does not know which phone is yours.',
    'Type your extension number under Settings, My numbers.',
  ],
  'dial-in-progress': ['A call is being placed already.', 'Wait for it, or cancel it first.'],
  'dial-unanswered': ['The PBX did not answer.', 'Check your phone before dialling again: it may be ringing.'],
  'dial-failed': [
    'The PBX reported an error while it placed the call.',
    'Check your phone before dialling again: it may be ringing.',
  ],
  'trunk-unavailable': ['The PBX could not use that trunk.', 'Choose another trunk, or none, under Advanced.'],
  'favourites-full': ['There are 20 favourites already.', 'Remove one of them first.'],
  // This computer
  'settings-broken': ['A settings file could not be read and was kept aside.', 'Check your settings.'],
  'settings-invalid': ['That setting was not accepted.', 'Choose one of the values offered.'],
  'storage-failed': ['The change could not be saved.', 'Check the free space and rights of your user folder.'],
  'file-unreadable': ['That file could not be read.', 'Check that it is there and that you may open it.'],
  'file-unwritable': ['The file could not be written.', 'Choose another folder, or check the free space.'],
  'demo-failed': ['The demo PBX could not be started.', 'Start Traydial again.'],
  'request-invalid': ['That request was not understood.', null],
  'shortcut-invalid': [
    'That cannot be a shortcut.',
    'Press Ctrl, Alt or the system key together with a letter, a digit or a function key.',
  ],
  'shortcut-reserved': ['Other programs need that shortcut.', 'Choose another one.'],
  'links-not-accepted': [
    'The system did not make Traydial the program for these links.',
    'Choose it in the settings of your desktop.',
  ],
  'action-failed': ['This computer did not allow that.', null],
  internal: ['Something went wrong inside Traydial.', 'Try again; the log holds the details.'],
  // Push
  'push-missing': ['This PBX does not announce calls by itself.', 'Nothing to do: Traydial asks it regularly instead.'],
  'push-sign-in-refused': [
    'The PBX did not accept your sign-in for announcing calls.',
    'Sign in again. Until then Traydial asks the PBX regularly instead.',
  ],
  'push-forbidden': [
    'Your PBX account may not have calls announced.',
    'An administrator can give your role "Users: View Only". Until then Traydial asks the PBX regularly instead.',
  ],
  // Two-factor sign-in
  'two-factor-wrong': ['That is not the code that was sent.', 'Type the code of the newest e-mail again.'],
  'two-factor-expired': ['The time to type the code is over.', 'Sign in again to get a new one.'],
  // Certificate authorities and proxies of this computer
  'tls-ca-unreadable': [
    'The file with certificate authorities could not be read.',
    'Choose a PEM file: a text with -----BEGIN CERTIFICATE----- in it.',
  ],
  'tls-ca-none': [
    'None of the certificates in that file may vouch for others.',
    'Ask your administrator for the certificate of the authority, not the one of the PBX.',
  ],
  'proxy-unreachable': [
    'The proxy that this computer is set up with could not be reached.',
    'Check your network or VPN, then try again.',
  ],
  'proxy-refused': [
    'The proxy of this network did not let the connection to the PBX through.',
    'Ask your administrator to allow the address and port of the PBX.',
  ],
  'proxy-auth-needed': [
    'The proxy of this network asks for a user name and password, which Traydial cannot give.',
    'Ask your administrator to let connections to the PBX pass without.',
  ],
  'proxy-unsupported': [
    'This computer is set up with a kind of proxy that Traydial cannot use, such as SOCKS.',
    'Ask your administrator for an HTTP proxy or a direct way to the PBX.',
  ],
} as const satisfies Record<string, readonly [message: string, action: string | null]>;

export type ErrorCode = keyof typeof TABLE;

/** What a certificate says of itself, for a person to compare. Times in ms since 1970, fingerprint as AA:BB:… */
export interface CertificateSummary {
  subject: string;
  issuer: string;
  validFrom: number;
  validTo: number;
  sha256: string;
}

export interface AppError {
  code: ErrorCode;
  /** A sentence a desk user understands. */
  message: string;
  /** The one thing to do next. */
  action?: string;
  /** What was tried and what came back; never a secret or a whole phone number. */
  detail?: string;
  /** How long the PBX asked to be left alone, in ms. */
  retryAfterMs?: number;
  certificate?: CertificateSummary;
}

/** What is wrong with a server's certificate, or with those who vouch for it: only a person can decide about it. */
export const DISTRUST: ReadonlySet<ErrorCode> = new Set(['tls-untrusted', 'tls-changed', 'tls-ca-unreadable']);

/** Builds the error for a code, with what is particular to this occurrence. */
export function appError(
  code: ErrorCode,
  more: Partial<Pick<AppError, 'action' | 'detail' | 'retryAfterMs' | 'certificate'>> = {},
): AppError {
  const [message, action] = TABLE[code];
  return { code, message, ...(action === null ? {} : { action }), ...more };
}
