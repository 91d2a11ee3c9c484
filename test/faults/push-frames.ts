/** One push frame of each documented kind (KB "Event reference"). */
export const EVENT_FRAMES: readonly object[] = [
  { event_type: 'extension_call', extension: '1001', call_status: 'RINGING', time: '2026-01-05T09:00:00Z' },
  {
    event_type: 'extension_status',
    time: '2026-01-05T09:00:00Z',
    status: [{ extension: '1001', call_status: 'On Call' }],
  },
  {
    event_type: 'call_start',
    session_id: '884757570370146304',
    direction: 'inbound',
    caller: 'sip:+12015550123@pbx.example.com',
    caller_display_name: 'Anna Berg',
    callee: '1001',
    callee_display_name: 'Alex',
    time: 1_767_603_600,
  },
  {
    event_type: 'cdr_target_ringing',
    session_id: '884757570370146304',
    direction: 'inbound',
    caller: '+12015550123',
    destiantion: '1001',
    time: '2026-01-05T09:00:00Z',
  },
  {
    event_type: 'call_cdr',
    session_id: '884757570370146304',
    caller: '+12015550123',
    caller_display_name: 'Anna Berg',
    callee: '1001',
    trunk_name: 'Main:123456789',
    answered_time: '2026-01-05T09:00:05Z',
    ended_time: '2026-01-05T09:01:00Z',
    ended_reason: 'caller_disconnected',
    status_code: '0',
  },
];

/** The documented positive answer to a command. */
export const REPLY: Readonly<Record<'auth' | 'subscribe', object>> = {
  auth: { command: 'auth', id: '1', status: 0, error: '' },
  subscribe: { command: 'subscribe', id: '2', status: 0, error: '' },
};

/** Bytes that are not a valid text frame of RFC 6455 from a server. */
export const BROKEN_FRAMES: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['bytes that are not a frame', Buffer.from([0xff, 0xff, 0xff, 0xff])],
  ['a masked frame', Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x41])],
  ['a compressed frame', Buffer.from([0xc1, 0x01, 0x00])],
  ['text that is not UTF-8', Buffer.from([0x81, 0x02, 0xc3, 0x28])],
  ['a ping of a kilobyte', Buffer.from([0x89, 126, 4, 0])],
  ['a continuation frame without a first frame', Buffer.from([0x80, 0x01, 0x41])],
  ['a frame with a length of 2^63 bytes', Buffer.from([0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 0])],
  ['a frame with a length of two megabytes', Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 0x20, 0, 0])],
  ['an answer in HTTP', Buffer.from('HTTP/1.1 200 OK\r\n\r\n')],
];
