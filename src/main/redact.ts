import { maskNumbers } from '../core/dial/mask-number.ts';

/** Removes what no log may hold, whoever wrote it: bearer tokens, values of secret fields, whole phone numbers. */
export function redact(text: string): string {
  return maskNumbers(
    text
      .replace(/(bearer\s+)\S+/gi, '$1…')
      .replace(
        /((?:password|access_token|refresh_token|token|authorization)["']?\s*[:=]\s*["']?)[^\s"',;}&]+/gi,
        '$1…',
      ),
  );
}
