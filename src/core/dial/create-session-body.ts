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
  /** The options of the settings. */
  options: DialOptions;
  /** Options on the dial card for this call only. */
  overrides: Partial<DialOptions> | null;
}

/**
 * The body of POST /api/sessions (OpenAPI 22.2 "Create a session"). '' and null leave a field out, and the header's
 * direction is only sent along with a header. A dial rule's trunk and caller id go before the settings, the dial card
 * before both. Nothing is cut to fit.
 * Errors: own-number-unknown, settings-invalid with the name of the option that the API would not take.
 */
export function createSessionBody({ from, plan, options, overrides }: SessionRequest): Result<CreateSession> {
  const caller = dialableOf(from);
  // Not what is left of a name: "Desk 2" is not extension 2.
  if (!/[0-9]/.test(caller) || /\p{L}/u.test(from)) return err(appError('own-number-unknown'));
  const byRule = filled({ trunk: plan.trunk, rewriteFrom: plan.callerId });
  const checked = dialOptionsSchema.safeParse({ ...options, ...byRule, ...given(overrides ?? {}) });
  if (!checked.success) return err(settingsInvalid(checked.error));
  const { sendSdp, additionalHeader, headerDirection, ...texts } = checked.data;
  return ok({
    caller,
    callee: plan.dial,
    sendSdp,
    ...filled(texts),
    ...(additionalHeader === null ? {} : { additionalHeader, headerDirection }),
  });
}

/** Without keys that are there but undefined, which would hide the setting behind them. */
const given = (overrides: Partial<DialOptions>): Partial<DialOptions> =>
  Object.fromEntries(Object.entries<unknown>(overrides).filter(([, value]) => value !== undefined));

const filled = <T extends Record<string, string>>(texts: T): Partial<T> =>
  Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== '')) as Partial<T>;
