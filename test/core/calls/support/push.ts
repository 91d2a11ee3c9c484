import type { ExtensionActivity, PushEvent } from '../../../../src/core/pbx/push/types.ts';

type Change = (PushEvent & { type: 'target' })['change'];

/** My phone, or another one: rings, is on a call, is idle. */
export function phone(activity: ExtensionActivity, extension = '1001', at: number | null = null): PushEvent {
  return { type: 'extension', extension, activity, at };
}

export function began(
  sessionId: string,
  caller: string,
  callee: string,
  more: Partial<PushEvent & { type: 'call' }> = {},
): PushEvent {
  return {
    type: 'call',
    sessionId,
    direction: null,
    caller,
    callerName: '',
    callee,
    calleeName: '',
    at: null,
    ...more,
  };
}

export function target(
  change: Change,
  sessionId: string,
  caller: string,
  destination: string,
  at: number | null = null,
): PushEvent {
  return { type: 'target', change, sessionId, direction: null, caller, destination, at };
}

export function over(sessionId: string, more: Partial<PushEvent & { type: 'call-over' }> = {}): PushEvent {
  return {
    type: 'call-over',
    sessionId,
    caller: '',
    callerName: '',
    callee: '',
    trunk: '',
    answeredAt: null,
    endedAt: null,
    endReason: '',
    statusCode: null,
    callStatus: '',
    targets: [],
    ...more,
  };
}
