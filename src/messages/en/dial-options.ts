import type { AdditionalHeader, DialOptions, HeaderDirection } from '../../shared/dial.ts';

type TextOption = Exclude<keyof DialOptions, 'additionalHeader' | 'headerDirection' | 'sendSdp'>;

/** Names of the options that are typed; an error about one of them names it, too. */
export const labels: Readonly<Record<TextOption, string>> = {
  trunk: 'Trunk',
  callerDisplayName: 'Display name',
  rewriteFrom: 'Rewrite From',
  rewritePai: 'Rewrite PAI',
  rewriteRpi: 'Rewrite RPI',
  userData: 'User data',
  target: 'Target address',
  targetInstanceId: 'Target instance ID',
  targetExtensionNumber: 'Target extension',
};

const hints: Record<TextOption, string> = {
  trunk: 'Its name in the PBX. While this trunk is down, the call fails.',
  callerDisplayName: 'The name to show to the other side.',
  rewriteFrom: 'The number to show to the other side, if a trunk is set.',
  rewritePai: 'The number in the P-Asserted-Identity header.',
  rewriteRpi: 'The number in the Remote-Party-ID header.',
  userData: 'Any text. The PBX saves it in the call record.',
  target: "Meant to pick one of several phones. PortSIP's API doesn't explain it.",
  targetInstanceId: 'The same by instance ID. PBX 22.0 and later.',
  targetExtensionNumber: 'The same by extension. PBX 22.0 and later.',
};

const headers: Record<AdditionalHeader, string> = {
  ALERT_INFO_AUTO_ANSWER: 'Alert-Info: Auto Answer',
  ALERT_INFO_AUTO_ANSWER_DELAY0: 'Alert-Info: auto-answer, no delay',
  ALERT_INFO_INTERCOM: 'Alert-Info: intercom',
  ANSWER_MODE: 'Answer-Mode',
  CALL_INFO: 'Call-Info: answer-after=0',
};

const directions: Record<HeaderDirection, string> = { CALLER: 'My phone', CALLEE: 'The other side', ALL: 'Both' };

export const english = {
  labels,
  hints,
  tooLong: (max: number, length: number) => `At most ${max} characters; this has ${length}.`,
  header: 'Auto-answer header',
  noHeader: 'None',
  headers,
  direction: 'Send header to',
  directions,
  headerHint: 'Lets a phone that supports it answer by itself.',
  sdp: 'Send SDP',
  sdpHint: 'Include SDP in the first INVITE.',
  more: 'More options',
};
