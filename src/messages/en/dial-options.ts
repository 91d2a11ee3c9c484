import type { AdditionalHeader, DialOptions, HeaderDirection } from '../../shared/dial.ts';

type TextOption = Exclude<keyof DialOptions, 'additionalHeader' | 'headerDirection' | 'sendSdp'>;

/** Names of the options that are typed; an error about one of them names it, too. */
export const labels: Readonly<Record<TextOption, string>> = {
  trunk: 'Trunk',
  callerDisplayName: 'Caller display name',
  rewriteFrom: 'Rewrite From',
  rewritePai: 'Rewrite PAI',
  rewriteRpi: 'Rewrite RPI',
  userData: 'User data',
  target: 'Target address',
  targetInstanceId: 'Target instance ID',
  targetExtensionNumber: 'Target extension',
};

const hints: Partial<Record<TextOption, string>> = {
  trunk: "Trunk name. Calls fail if it's unavailable.",
  rewriteFrom: 'The number others see; works together with a trunk.',
  userData: "Saved in the PBX's call record.",
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
  sdp: 'Send SDP',
  sdpHint: 'Include SDP in the first INVITE.',
};
