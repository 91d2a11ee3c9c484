import { isRecord } from '../answer-errors.ts';
import { parseJson } from '../json.ts';
import { readTime } from '../read-time.ts';
import {
  activityField,
  directionField,
  idField,
  integerField,
  numberField,
  presenceField,
  textField,
} from './fields.ts';
import type { PushedEvent, RecordTarget } from './types.ts';

/** The PBX's answer to a command. */
export interface CommandReply {
  /** In lower case; '' when missing. */
  command: string;
  /** '' when missing. The documents do not say whether it identifies the command that is answered. */
  id: string;
  /** 0 means success; any other number is an error, sometimes an HTTP status. null when missing or unreadable. */
  status: number | null;
  /** '' when missing. */
  error: string;
}

/** Maximum size of a frame, in bytes of UTF-8. Larger ones are not read. */
export const MAX_FRAME_BYTES = 1024 * 1024;
/** Maximum number of targets that are read from one call_cdr. A target is a phone that the call was offered to. */
const MAX_TARGETS = 64;

type Fields = Record<string, unknown>;
type Target = Extract<PushedEvent, { type: 'target' }>;

const TARGET_CHANGES: readonly Target['change'][] = ['add', 'ringing', 'answer', 'noanswer', 'fail', 'end'];

/**
 * Reads one text frame of the WebSocket interface (KB "WebSocket pub/sub", "Event reference"). Never throws. Returns
 * - the events in it; an empty list if this program does not use them;
 * - the reply to a command;
 * - null if the frame is neither.
 */
export function decodePush(frame: string): PushedEvent[] | CommandReply | null {
  if (Buffer.byteLength(frame) > MAX_FRAME_BYTES) return null;
  const value = parseJson(frame);
  // The documents say that each frame holds one event. A list of events is accepted as well.
  if (Array.isArray(value)) return value.filter(isRecord).flatMap(decodeEvent);
  if (!isRecord(value)) return null;
  return textField(value['event_type']) === '' ? decodeReply(value) : decodeEvent(value);
}

/**
 * Reads a reply. A frame with a status or an error counts as one even without a `command`, because PBX v12 sends none
 * and the reply to `subscribe` is not documented.
 */
function decodeReply(value: Fields): CommandReply | null {
  const command = textField(value['command'], 64).toLowerCase();
  const reply = {
    command,
    id: textField(value['id'], 64),
    status: statusField(value['status']),
    error: textField(value['error'] ?? value['message']),
  };
  return command !== '' || reply.status !== null || reply.error !== '' ? reply : null;
}

function statusField(value: unknown): number | null {
  if (value === true || (typeof value === 'string' && /^(ok|success)$/i.test(value.trim()))) return 0;
  if (value === false || (typeof value === 'string' && /^(error|fail|failed|failure)$/i.test(value.trim()))) return -1;
  return integerField(value);
}

function decodeEvent(value: Fields): PushedEvent[] {
  const type = textField(value['event_type'], 64).toLowerCase();
  switch (type) {
    case 'extension_call':
      return extensionEvent(value, null);
    case 'extension_status': {
      const status = value['status'];
      const entries: unknown[] = Array.isArray(status) ? status : [status];
      return entries
        .filter(isRecord)
        .flatMap((entry) => [...extensionEvent(entry, readTime(value['time'])), ...presenceEvent(entry)]);
    }
    case 'extension_presence':
      return presenceEvent(value);
    case 'call_start':
    case 'call_update_info':
      return callEvent(value);
    case 'call_cdr':
      return callOverEvent(value);
    default:
      return targetEvent(type, value);
  }
}

function extensionEvent(value: Fields, time: number | null): PushedEvent[] {
  const extension = numberField(value['extension']);
  if (extension === '') return [];
  const at = readTime(value['time']) ?? time;
  return [{ type: 'extension', extension, activity: activityField(value['call_status']), at }];
}

/** Without any of the fields there is no event. `push_online`: a phone app that the PBX can wake. */
function presenceEvent(value: Fields): PushedEvent[] {
  const extension = numberField(value['extension']);
  const chosen = presenceField(value['presence']);
  const registered = [value['online'], value['push_online']].filter((one) => typeof one === 'boolean');
  const online = registered.includes(true) ? true : value['online'] === false ? false : null;
  if (extension === '' || (chosen === 'unknown' && online === null)) return [];
  return [{ type: 'presence', extension, chosen, online }];
}

function callEvent(value: Fields): PushedEvent[] {
  const sessionId = idField(value['session_id']);
  if (sessionId === null) return [];
  return [
    {
      type: 'call',
      sessionId,
      direction: directionField(value['direction']),
      caller: numberField(value['caller']),
      callerName: textField(value['caller_display_name']),
      callee: numberField(value['callee']),
      calleeName: textField(value['callee_display_name']),
      at: readTime(value['time']),
    },
  ];
}

function targetEvent(type: string, value: Fields): PushedEvent[] {
  // The release notes of 22.x call them target_*, the event reference cdr_target_*.
  const name = /^(?:cdr_)?target_(.+)$/.exec(type)?.[1];
  const change = TARGET_CHANGES.find((known) => known === name);
  const sessionId = idField(value['session_id']);
  if (change === undefined || sessionId === null) return [];
  return [
    {
      type: 'target',
      change,
      sessionId,
      direction: directionField(value['direction']),
      caller: numberField(value['caller']),
      // The table of the event misspells this field; the sample of a call's targets does not.
      destination: numberField(value['destiantion']) || numberField(value['destination']),
      at: readTime(value['time']),
    },
  ];
}

function callOverEvent(value: Fields): PushedEvent[] {
  const sessionId = idField(value['session_id']);
  if (sessionId === null) return [];
  const endReason = textField(value['ended_reason'] ?? value['end_reason'], 64);
  return [
    {
      type: 'call-over',
      sessionId,
      caller: numberField(value['caller']),
      callerName: textField(value['caller_display_name']),
      callee: numberField(value['callee']),
      // In the sample, the trunk is followed by a colon and the ID of the tenant.
      trunk: textField(value['trunk_name'], 256).replace(/:\d{6,}$/, ''),
      answeredAt: readTime(value['answered_time']),
      endedAt: readTime(value['ended_time']),
      endReason: /^none$/i.test(endReason) ? '' : endReason,
      statusCode: integerField(value['status_code']),
      callStatus: textField(value['call_status'], 64).toLowerCase(),
      targets: recordTargets(value['call_targets']),
    },
  ];
}

function recordTargets(value: unknown): RecordTarget[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, MAX_TARGETS)
    .filter(isRecord)
    .map((target) => ({
      number: numberField(target['destination']) || numberField(target['callee']),
      rangAt: readTime(target['ring_time']),
      answeredAt: readTime(target['answered_time']),
      endedAt: readTime(target['ended_time']),
      endReason: textField(target['end_reason'], 64),
    }));
}
