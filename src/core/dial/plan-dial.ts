import type { DialPlan } from '../../shared/dial.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readDial, type DialContext } from './read-dial.ts';

/** readDial for where there is nobody to choose: more than one number is the error number-several. */
export function planDial(text: string, context: DialContext): Result<DialPlan> {
  const reading = readDial(text, context);
  switch (reading.found) {
    case 'one':
      return ok(reading.plan);
    case 'choose':
      return err(appError('number-several'));
    case 'none':
      return err(reading.refusal);
  }
}
