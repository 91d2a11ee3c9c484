import type { DialOptions, HeaderDirection } from '../../shared/dial.ts';

export type TextOption = {
  [K in keyof DialOptions]: DialOptions[K] extends string
    ? DialOptions[K] extends HeaderDirection
      ? never
      : K
    : never;
}[keyof DialOptions];

/** The free-text fields of POST /api/sessions with the limits of OpenAPI 22.2. */
export const TEXT_OPTIONS: readonly { key: TextOption; max: number }[] = [
  { key: 'trunk', max: 64 },
  { key: 'callerDisplayName', max: 1024 },
  { key: 'rewriteFrom', max: 16 },
  { key: 'rewritePai', max: 16 },
  { key: 'rewriteRpi', max: 16 },
  { key: 'userData', max: 128 },
  { key: 'target', max: 128 },
  { key: 'targetInstanceId', max: 128 },
  { key: 'targetExtensionNumber', max: 128 },
];
