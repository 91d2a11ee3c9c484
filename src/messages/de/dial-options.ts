import type { english } from '../en/dial-options.ts';

/** Names of the options that are typed; an error about one of them names it, too. */
export const labels: (typeof english)['labels'] = {
  trunk: 'Amtsleitung',
  callerDisplayName: 'Anzeigename des Anrufers',
  rewriteFrom: 'From ersetzen',
  rewritePai: 'PAI ersetzen',
  rewriteRpi: 'RPI ersetzen',
  userData: 'Benutzerdaten',
  target: 'Zieladresse',
  targetInstanceId: 'Instanz-ID des Ziels',
  targetExtensionNumber: 'Nebenstelle des Ziels',
};

export const german: typeof english = {
  labels,
  hints: {
    trunk: 'Name der Amtsleitung. Ist sie nicht verfügbar, scheitert der Anruf.',
    rewriteFrom: 'Die Nummer, die andere sehen; wirkt zusammen mit einer Amtsleitung.',
    userData: 'Steht später im Anrufprotokoll der Telefonanlage.',
  },
  tooLong: (max, length) => `Höchstens ${max} Zeichen; hier stehen ${length}.`,
  header: 'Header für automatisches Annehmen',
  noHeader: 'Keiner',
  headers: {
    ALERT_INFO_AUTO_ANSWER: 'Alert-Info: Auto Answer',
    ALERT_INFO_AUTO_ANSWER_DELAY0: 'Alert-Info: auto-answer, ohne Verzögerung',
    ALERT_INFO_INTERCOM: 'Alert-Info: intercom',
    ANSWER_MODE: 'Answer-Mode',
    CALL_INFO: 'Call-Info: answer-after=0',
  },
  direction: 'Header senden an',
  directions: { CALLER: 'mein Telefon', CALLEE: 'die Gegenstelle', ALL: 'beide' },
  sdp: 'SDP senden',
  sdpHint: 'SDP schon im ersten INVITE mitschicken.',
};
