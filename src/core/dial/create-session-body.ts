import type { DialOptions, DialPlan } from '../../shared/dial.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CreateSession } from '../pbx/types.ts';
import { settingsInvalid } from '../settings/read-settings.ts';
import { dialOptionsSchema } from '../../shared/schema/dial.ts';
import { dialableOf } from '../../shared/fold-text.ts';

export interface SessionRequest {
  /** The phone that rings first: an extension or a public number. */
  from: string;
  plan: DialPlan;
  /** Options from the settings. */
  options: DialOptions;
  /** Options on the dial card for this call only. */
  overrides: Partial<DialOptions> | null;
}

/**
 * The body of POST /api/sessions (OpenAPI 22.2 "Create a session"). '' and null leave a field out, and
 * `headerDirection` is only sent with `additionalHeader`. Overrides from the dial card win over a dial rule's trunk and
 * caller ID, which win over the settings. Values that are too long are rejected, not truncated.
 * Errors: own-number-unknown, settings-invalid with the name of the option that the API would reject.
 */
export function createSessionBody({ from, plan, options, overrides }: SessionRequest): Result<CreateSession> {
  const caller = dialableOf(from);
  // A text with letters is rejected, so that "Desk 2" does not become extension 2.
  if (!/[0-9]/.test(caller) || /\p{L}/u.test(from)) return err(appError('own-number-unknown'));
  const byRule = withoutEmpty({ trunk: plan.trunk, rewriteFrom: plan.callerId });
  const checked = dialOptionsSchema.safeParse({ ...options, ...byRule, ...withoutUndefined(overrides ?? {}) });
  if (!checked.success) return err(settingsInvalid(checked.error));
  const { sendSdp, additionalHeader, headerDirection, ...texts } = checked.data;
  return ok({
    caller,
    callee: plan.dial,
    sendSdp,
    ...withoutEmpty(texts),
    ...(additionalHeader === null ? {} : { additionalHeader, headerDirection }),
  });
}

/** Drops keys that are undefined, because they would replace a setting. */
const withoutUndefined = (overrides: Partial<DialOptions>): Partial<DialOptions> =>
  Object.fromEntries(Object.entries<unknown>(overrides).filter(([, value]) => value !== undefined));

const withoutEmpty = <T extends Record<string, string>>(texts: T): Partial<T> =>
  Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== '')) as Partial<T>;
