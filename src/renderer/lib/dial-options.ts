import type { AdditionalHeader, DialOptions, HeaderDirection } from '../../shared/dial.ts';

export type TextOption = {
  [K in keyof DialOptions]: DialOptions[K] extends string
    ? DialOptions[K] extends HeaderDirection
      ? never
      : K
    : never;
}[keyof DialOptions];

/** The free-text fields of POST /api/sessions with the limits of OpenAPI 22.2. */
export const TEXT_OPTIONS: readonly { key: TextOption; label: string; max: number; hint?: string }[] = [
  { key: 'trunk', label: 'Trunk', max: 64, hint: 'By name. The call fails when that trunk is not available.' },
  { key: 'callerDisplayName', label: 'Caller display name', max: 1024 },
  { key: 'rewriteFrom', label: 'Rewrite From', max: 16, hint: 'The number others see; works together with a trunk.' },
  { key: 'rewritePai', label: 'Rewrite PAI', max: 16 },
  { key: 'rewriteRpi', label: 'Rewrite RPI', max: 16 },
  { key: 'userData', label: 'User data', max: 128, hint: "Kept in the PBX's call record." },
  { key: 'target', label: 'Target address', max: 128 },
  { key: 'targetInstanceId', label: 'Target instance ID', max: 128 },
  { key: 'targetExtensionNumber', label: 'Target extension', max: 128 },
];

export const HEADERS: readonly { value: AdditionalHeader | ''; label: string }[] = [
  { value: '', label: 'None' },
  { value: 'ALERT_INFO_AUTO_ANSWER', label: 'Alert-Info: Auto Answer' },
  { value: 'ALERT_INFO_AUTO_ANSWER_DELAY0', label: 'Alert-Info: auto-answer, no delay' },
  { value: 'ALERT_INFO_INTERCOM', label: 'Alert-Info: intercom' },
  { value: 'ANSWER_MODE', label: 'Answer-Mode' },
  { value: 'CALL_INFO', label: 'Call-Info: answer-after=0' },
];

export const HEADER_DIRECTIONS: readonly { value: HeaderDirection; label: string }[] = [
  { value: 'CALLER', label: 'My phone' },
  { value: 'CALLEE', label: 'The other side' },
  { value: 'ALL', label: 'Both' },
];
