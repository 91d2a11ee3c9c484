import { Fields } from './fields.ts';
import { refuse, type PbxAnswer } from './http.ts';
import { isInternal, isStaff, TRUNKS } from './office.ts';
import type { CallOrder } from './placed-call.ts';

const ADDITIONAL_HEADERS = [
  'ANSWER_MODE',
  'CALL_INFO',
  'ALERT_INFO_AUTO_ANSWER_DELAY0',
  'ALERT_INFO_AUTO_ANSWER',
  'ALERT_INFO_INTERCOM',
];
const DIRECTIONS = ['CALLER', 'CALLEE', 'ALL'];

/**
 * Reads the body of POST /sessions with the limits of "Create a session" (OpenAPI 22.2). An optional field may be left out
 * but not be null, and a field with a minimum length must not be blank.
 */
export function orderFrom(
  body: Record<string, unknown>,
): { ok: true; order: CallOrder } | { ok: false; refusal: PbxAnswer } {
  const fields = new Fields(body);
  const caller = fields.text('caller', { min: 1, max: 256, required: true });
  const callee = fields.text('callee', { min: 1, max: 256, required: true });
  // The value has no effect, because the phones do not exist.
  fields.requiredFlag('send_sdp');
  const callerName = fields.text('caller_display_name', { max: 1024 });
  const trunk = fields.text('trunk', { min: 1, max: 64 });
  const callerId = fields.text('rewrite_from', { min: 1, max: 16 });
  fields.text('rewrite_pai', { min: 1, max: 16 });
  fields.text('rewrite_rpi', { min: 1, max: 16 });
  const userData = fields.text('user_data', { max: 128 });
  fields.text('target', { max: 128 });
  fields.text('target_instance_id', { max: 128 });
  fields.text('target_extension_number', { max: 128 });
  const header = fields.oneOf('additional_header', ADDITIONAL_HEADERS);
  const direction = fields.oneOf('header_direction', DIRECTIONS);
  if (fields.problems.length > 0) {
    return { ok: false, refusal: refuse(400, 'VALIDATE_FAILED', 'Some fields are not valid', fields.problems) };
  }

  const reachable = isInternal(caller) ? isStaff(caller) : /^\+?[0-9*#]+$/.test(caller);
  if (!reachable) {
    return { ok: false, refusal: refuse(400, 'VALIDATE_FAILED', `The caller ${caller} cannot be reached`) };
  }
  const trunks: readonly string[] = Object.values(TRUNKS);
  if (trunk !== '' && !trunks.includes(trunk)) {
    return { ok: false, refusal: refuse(400, 'UNKNOWN', `The trunk "${trunk}" is not available`) };
  }
  const autoAnswer = header !== '' && (direction === 'CALLER' || direction === 'ALL');
  return { ok: true, order: { caller, callee, callerName, trunk, callerId, userData, autoAnswer } };
}
