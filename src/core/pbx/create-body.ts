import type { CreateSession } from './types.ts';

/** The JSON body of POST /sessions (OpenAPI 22.2). JSON leaves out the fields that are undefined. */
export function createBody(session: CreateSession): Record<string, string | boolean | undefined> {
  return {
    caller: session.caller,
    callee: session.callee,
    send_sdp: session.sendSdp,
    caller_display_name: session.callerDisplayName,
    trunk: session.trunk,
    rewrite_from: session.rewriteFrom,
    rewrite_pai: session.rewritePai,
    rewrite_rpi: session.rewriteRpi,
    user_data: session.userData,
    target: session.target,
    target_instance_id: session.targetInstanceId,
    target_extension_number: session.targetExtensionNumber,
    additional_header: session.additionalHeader,
    header_direction: session.headerDirection,
  };
}
