import type { english } from '../en/dial-options.ts';

/** Names of the options that are typed; an error about one of them names it, too. */
export const labels: (typeof english)['labels'] = {
  trunk: 'Amtsleitung',
  callerDisplayName: 'Anzeigename',
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
    trunk: 'Name der Amtsleitung in der Telefonanlage. Ist sie gestört, scheitert der Anruf.',
    callerDisplayName: 'Der Name, den die Gegenstelle sehen soll.',
    rewriteFrom: 'Die Nummer, die die Gegenstelle sehen soll, wenn eine Amtsleitung gewählt ist.',
    rewritePai: 'Die Nummer im Header P-Asserted-Identity.',
    rewriteRpi: 'Die Nummer im Header Remote-Party-ID.',
    userData: 'Beliebiger Text. Die Telefonanlage speichert ihn im Anrufprotokoll.',
    target: 'Soll eines von mehreren Telefonen wählen. Die API von PortSIP erklärt es nicht.',
    targetInstanceId: 'Dasselbe nach der Instanz-ID. Ab PBX 22.0.',
    targetExtensionNumber: 'Dasselbe nach der Nebenstelle. Ab PBX 22.0.',
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
  headerHint: 'Ein Telefon, das ihn versteht, nimmt selbst ab.',
  sdp: 'SDP senden',
  sdpHint: 'SDP schon im ersten INVITE mitschicken.',
  more: 'Weitere Optionen',
};
