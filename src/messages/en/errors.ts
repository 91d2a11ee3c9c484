import { labels } from './dial-options.ts';
import type { ErrorParams, FileProblem, SettingProblem } from '../../shared/errors.ts';
import { text, type ErrorText, type ErrorTexts } from '../error-text.ts';
import { formatFor } from '../format.ts';
import { files } from './files.ts';

const MAYBE_RINGING = 'Check your phone before you call again – it may be ringing.';
const ASK_PERMISSION = 'You can still make calls. Ask your administrator for permission.';
const TRY_AGAIN = 'Try again in a moment.';
const DIGITS_ONLY = 'If it is a phone number, type only its digits.';
const COPY_IT = 'Copy the number instead.';

export const errors: ErrorTexts = {
  // Address and connection
  'address-invalid': addressInvalid,
  'dns-failed': text('There is no server with that name.', 'Check the spelling of the address and your network.'),
  'no-route': text("The server can't be reached.", 'Check your network or VPN, then try again.'),
  'connection-refused': text("The server doesn't answer on that port.", 'Check the port. PortSIP uses 8887.'),
  'connection-lost': text('The connection to the PBX was lost.', TRY_AGAIN),
  'tls-untrusted': text(
    "This computer doesn't trust the server's certificate.",
    'Compare the fingerprint with your administrator before you trust it.',
  ),
  'tls-changed': text(
    "The server's certificate is not the one you trusted before.",
    "Don't sign in until your administrator confirms the change.",
  ),
  'tls-failed': text("A secure connection couldn't be set up.", "Check that address and port are the PBX's."),
  'not-portsip': text("This server isn't a PortSIP PBX.", 'Check the address and port.'),
  'timed-out': text("The PBX didn't answer in time.", TRY_AGAIN),
  // What the PBX answered
  'bad-answer': text("The PBX sent an answer that Traydial can't read.", TRY_AGAIN),
  'answer-too-large': text('The PBX sent more data than Traydial accepts.', TRY_AGAIN),
  'rate-limited': (params) =>
    text(
      'The PBX asks for fewer requests.',
      params === undefined
        ? TRY_AGAIN
        : `Traydial tries again by itself in ${formatFor('en').length(Math.ceil(params.heldMs / 1000))}.`,
    ),
  'pbx-failed': text('The PBX reported an internal error.', TRY_AGAIN),
  'pbx-refused': text('The PBX refused the request.', 'Ask your administrator if it should be allowed.'),
  'not-found': text('The PBX no longer knows this call.'),
  // Signing in
  'sign-in-refused': text(
    'Wrong user name, password or domain.',
    'Use your web-portal login. After five failures the PBX blocks this computer for an hour.',
  ),
  'sign-in-microsoft': text(
    "Sign-in refused. Traydial doesn't support signing in with Microsoft yet.",
    'If you have a password for the PBX itself, check user name, password and domain.',
  ),
  'sign-in-busy': text('Traydial is already signing in.'),
  'password-change-needed': text(
    'Your PBX wants you to change your first password.',
    'Change it in the web portal of the PBX, then sign in here.',
  ),
  'no-tenant': text(
    'This account manages the whole PBX. It has no phone and no calls.',
    'Sign in with the account of a user of your company.',
  ),
  'domain-unknown': text("The server doesn't know that domain.", 'Ask your administrator for the SIP domain.'),
  'session-expired': text('Your session has expired.', 'Sign in again – nothing is lost.'),
  'signed-out': text("You aren't signed in.", 'Sign in to your PBX first.'),
  'certificate-forgotten': text(
    "You no longer trust this PBX's certificate, so Traydial signed out.",
    'Sign in again to see the certificate.',
  ),
  'secrets-unreadable': text("Your saved sign-in can't be read on this computer.", 'Sign in again.'),
  'secrets-locked': text(
    "This computer's keychain is locked, so your saved sign-in can't be read.",
    'Unlock it and restart Traydial, or sign in again.',
  ),
  'secrets-waiting': text(
    "This computer's keychain doesn't answer, so your saved sign-in can't be read yet.",
    'If it asks for a password, enter it. Traydial then signs you in. Or sign in here.',
  ),
  // Permissions
  'list-forbidden': text(
    "Your PBX account can't list the company's calls.",
    'You can still make calls. An administrator can give your role “Company Call Sessions: View Only”.',
  ),
  'dial-forbidden': (params) =>
    params === undefined
      ? text("Your PBX account can't make this call.", 'Ask your administrator for permission.')
      : text(`The PBX refused: "${params.reason}"`, 'Ask your administrator for permission.'),
  'session-id-unusable': text("The PBX gave this call an id that Traydial can't use.", 'Hang up on your phone.'),
  'hang-up-forbidden': text("Your PBX account can't end calls from here.", 'Hang up on your phone.'),
  'status-forbidden': text("Your PBX account can't see whether its own phone is on a call.", ASK_PERMISSION),
  'history-forbidden': text("Your PBX account can't read its call history.", ASK_PERMISSION),
  'directory-forbidden': text("Your PBX account can't read this directory.", ASK_PERMISSION),
  'sync-token-unknown': text(
    'The PBX forgot which calls Traydial already has.',
    'Traydial requests all of them again by itself.',
  ),
  // Dialling
  'number-empty': text('No number to call.', 'Type or paste a phone number.'),
  'number-letters': text("That isn't a phone number.", 'Type the number in digits.'),
  'number-too-long': text('Too long for a phone number.', 'Type one number of at most 32 digits.'),
  'number-too-short': text('Too short for a phone number.', 'Type the whole number.'),
  'number-incomplete': text(
    'Part of the number is missing.',
    'Type it with its area code, or with + and the country code.',
  ),
  'number-several': text('More than one number.', 'Keep just one.'),
  'number-invalid': text("The PBX can't dial that.", 'Check the number and type it again.'),
  'looks-date': text('That looks like a date or a time.', DIGITS_ONLY),
  'looks-amount': text('That looks like an amount.', DIGITS_ONLY),
  'looks-address': text('That looks like an address, not a phone number.', 'Keep only the number.'),
  'looks-reference': text('That looks like a card, order or version number.', DIGITS_ONLY),
  'link-extra': text("This link has extra data after the number, so it wasn't used.", COPY_IT),
  'link-invalid': text('This link contains no phone number.', COPY_IT),
  'links-ignored': text('Links and commands are ignored for a few minutes.', 'You can end that in the tray or here.'),
  'too-many-waiting': text('Too many numbers are waiting.', 'Answer the questions in the window first.'),
  'contacts-unreadable': text(
    "Traydial can't read contacts from that file.",
    'Export them as CSV or vCard, then try again.',
  ),
  'rules-file-invalid': () =>
    text("Traydial can't use the dial rules in that file.", 'Correct the file, then choose it again.'),
  'own-number-unknown': text(
    "Traydial doesn't know which phone is yours.",
    'Enter your extension under Settings › Calling.',
  ),
  'dial-in-progress': text('Another call is being set up.', 'Cancel it first.'),
  'dial-unanswered': text("The PBX didn't answer.", MAYBE_RINGING),
  'dial-failed': text('The PBX reported an error while it placed the call.', MAYBE_RINGING),
  'trunk-unavailable': text("The PBX couldn't use that trunk.", 'Choose another trunk, or none, under Advanced.'),
  'favourites-full': text('You already have 20 favourites.', 'Remove one first.'),
  'call-gone': text('This call is no longer in the history.'),
  // This computer
  'settings-broken': text("A settings file couldn't be read and was set aside.", 'Check your settings.'),
  'settings-invalid': settingsInvalid,
  'storage-failed': storageFailed,
  'file-unreadable': (params) =>
    text(
      `That file can't be read${causeOf(params)}.`,
      'Check that the file exists and that you have permission to open it.',
    ),
  'file-unwritable': (params) =>
    text(`The file can't be written${causeOf(params)}.`, 'Choose another folder, or check the free disk space.'),
  'demo-failed': text("The demo PBX didn't start.", 'Restart Traydial.'),
  'command-invalid': text("Traydial didn't understand that command."),
  'shortcut-invalid': text(
    "That can't be a shortcut.",
    'Press Ctrl, Alt or the system key together with a letter, a digit or a function key.',
  ),
  'shortcut-reserved': text('This shortcut is reserved.', 'Choose another one.'),
  'links-not-accepted': text(
    "The system didn't let Traydial open these links.",
    'Choose Traydial in the settings of your desktop.',
  ),
  'action-failed': text("This computer didn't allow that."),
  internal: text('Something went wrong in Traydial.', 'Try again. The log has the details.'),
  // Push
  'push-missing': text(
    'This PBX sends no instant call alerts.',
    'Traydial checks for calls every few seconds instead.',
  ),
  'push-sign-in-refused': text(
    "The PBX didn't accept your sign-in for instant call alerts.",
    'Sign in again. Until then Traydial checks for calls every few seconds.',
  ),
  'push-forbidden': text(
    "Your PBX account can't receive instant call alerts.",
    'An administrator can give your role “Users: View Only”. Until then Traydial checks for calls every few seconds.',
  ),
  // Two-factor sign-in
  'two-factor-wrong': text('Wrong code.', 'Type the code from the latest e-mail.'),
  'two-factor-expired': text('This code has expired.', 'Sign in again to get a new one.'),
  // Certificate authorities and proxies of this computer
  'tls-ca-unreadable': (params) =>
    text(
      `The file with certificate authorities can't be used${causeOf(params)}.`,
      'Choose a PEM file. It contains the line -----BEGIN CERTIFICATE-----.',
    ),
  'tls-ca-none': text(
    'That file contains no certificate of an authority.',
    "Ask your administrator for the authority's certificate, not the PBX's.",
  ),
  'proxy-unreachable': text("This computer's proxy can't be reached.", 'Check your network or VPN, then try again.'),
  'proxy-refused': text(
    "This network's proxy blocked the connection to the PBX.",
    'Ask your administrator to allow the address and port of the PBX.',
  ),
  'proxy-auth-needed': text(
    "This network's proxy wants a user name and password, which Traydial can't send.",
    'Ask your administrator to allow connections to the PBX without them.',
  ),
  'proxy-unsupported': text(
    "Traydial can't use this computer's kind of proxy, such as SOCKS.",
    'Ask your administrator for an HTTP proxy or a direct connection to the PBX.',
  ),
};

function addressInvalid(params?: ErrorParams['address-invalid']): ErrorText {
  switch (params?.problem) {
    case 'http':
      return text('Use https:// or just the host name, e.g. pbx.example.com.');
    case 'scheme':
      return text('Only https:// addresses work.', 'Type just the host name, e.g. pbx.example.com.');
    case 'user-name':
      return text('Leave the user name out of the address.');
    case 'port':
      return text('A port is a number from 1 to 65535.');
    case 'empty':
      return text('Type the address of your PBX, e.g. pbx.example.com.');
    case 'too-long':
    case 'host':
    case undefined:
      return text("That isn't a host name or IP address.", 'Type an address such as pbx.example.com.');
  }
}

/** What a setting takes, by its path. */
const SETTINGS: Readonly<Record<string, (limits: SettingProblem) => string>> = {
  'polling.intervalSeconds': ({ min, max }) => `Enter ${min} to ${max} seconds.`,
  'polling.requestsPerMinute': ({ min, max }) => `Enter ${min} to ${max} requests per minute.`,
  'identity.callFrom': () => 'Enter a phone number (digits only), or leave this empty.',
  'identity.ownNumbers': ({ max }) =>
    max === undefined ? 'Enter a phone number (digits only).' : `At most ${max} numbers can be yours.`,
  'trust.authoritiesFile': () => 'Enter the full path of a file.',
};

/** Names of the call options that are typed. */
const OPTIONS: Readonly<Record<string, string>> = labels;

function settingsInvalid(problem?: SettingProblem): ErrorText {
  const { setting = '', max } = problem ?? {};
  const takes = problem === undefined ? undefined : SETTINGS[setting]?.(problem);
  if (takes !== undefined) return text(takes);
  const option = OPTIONS[setting.replace(/^dialling\.options\./, '')];
  if (option === undefined) return text("That value can't be used.", 'Choose one of the values offered.');
  return text(
    max === undefined ? `${option} takes one line of text.` : `${option} takes one line of at most ${max} characters.`,
  );
}

function storageFailed(problem?: FileProblem): ErrorText {
  if (problem === undefined) {
    return text("The change couldn't be saved.", 'Check the free disk space and the permissions of your user folder.');
  }
  const { file, cause, folder } = problem;
  switch (problem.problem) {
    case 'unwritable':
      return text(
        `The change couldn't be saved (${files.cause(cause)}).`,
        `Check the free disk space and the permissions of ${folder}.`,
      );
    case 'unreadable':
      return text(
        `The change couldn't be saved: ${file}.json can't be read (${files.cause(cause)}).`,
        'Make it readable, then restart Traydial.',
      );
    case 'readable-again':
      return text(
        `The change couldn't be saved: ${file}.json couldn't be read at the start.`,
        'It can be read again. Restart Traydial to use it.',
      );
  }
}

const causeOf = (params?: { cause: string }): string => (params === undefined ? '' : ` (${files.cause(params.cause)})`);
