const MUST = process.env['TRAYDIAL_PACKAGE_MUST'] === '1';

/**
 * Whether a check is left out here, because of `reason`; null when nothing is in its way. With `--must` it is an error.
 */
export function isLeftOut(reason: string | null, must = MUST): boolean {
  if (reason !== null && must) throw new Error(`This must be checked, but ${reason}`);
  return reason !== null;
}
