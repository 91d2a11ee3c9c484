import type { Expected, Fault, Outcome } from './expected.ts';
import { answerTo } from './requests.ts';
import { STATUSES, DISTINCT } from './statuses.ts';
import { answer, drip, gzipBomb, JSON_HEAD, pour, raw, resetAfter, stall } from './wire.ts';

const ERRORS = '{"errors":[{"code":"UNKNOWN","message":"no"}]}';
const PAGE = '<!doctype html><html><title>Sorry</title></html>';

/** The probe does not accept a server whose refusals are not like PortSIP's. */
const asPage = (expected: Expected): Expected =>
  (expected.probe ?? expected.most) === 'pbx-refused' ? { ...expected, probe: 'not-portsip' } : expected;

const refusals = STATUSES.flatMap(([status, expected]): Fault[] => {
  const plain: Fault = {
    what: `${status} with PortSIP's error body`,
    reply: answer(status, ERRORS, { location: '/elsewhere', 'retry-after': '1' }),
    expected,
  };
  if (!DISTINCT.has(status)) return [plain];
  return [
    plain,
    {
      what: `${status} with a page for people`,
      reply: answer(status, PAGE, { location: 'https://elsewhere.invalid/', 'content-type': 'text/html' }),
      expected: asPage(expected),
    },
    {
      what: `${status} whose body is cut off`,
      reply: raw(`HTTP/1.1 ${status} X\r\ncontent-length: 100\r\n\r\n{"errors":[{"co`),
      expected: asPage(expected),
    },
  ];
});

/** The contents of a correct answer to these are not read. */
const UNREAD = { send_code: 'good', sign_out: 'good' } as const;
/** Not a WebSocket. */
const NO_WEBSOCKET = { upgrade: 'push-missing' } as const;
/**
 * The requested value is missing. The call may still have been placed, so `create` reports that and not "unreadable".
 */
const SENSELESS: Expected = {
  most: 'bad-answer',
  probe: 'not-portsip',
  probe_tenant: 'not-portsip',
  // The PBX accepted the token but returned nothing about the account.
  rights: 'good',
  create: 'dial-unanswered',
  ...UNREAD,
  ...NO_WEBSOCKET,
};
/** The request was sent, so the PBX may have placed the call. */
const after = (most: Outcome): Expected => ({ most, create: 'dial-unanswered' });
/** This is not an answer to an upgrade, so the program does not read on. */
const noUpgrade = (most: Outcome): Expected => ({ ...after(most), ...NO_WEBSOCKET });

const senseless = [
  ['a page for people', PAGE],
  ['nothing', ''],
  ['half of its JSON', '{"count":1,"items":[{"id":"1","calls":[{"cal'],
  ['JSON with a number that JSON does not have', '{"items":[{"id":"1","talking_time":NaN}]}'],
  ['null', 'null'],
  ['a number', '1e999'],
  ['a text', '"items"'],
  ['a list', '[{"id":"1"}]'],
  ['an empty object', '{}'],
  ['an object of other things', '{"hello":{"id":"1"},"items":5,"id":null,"access_token":""}'],
  ['lists in lists, 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['objects in objects, 100,000 deep', `${'{"items":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['bytes that are not text', '\u0000\uFFFD\u0001'.repeat(1000)],
].map(([what, body = '']): Fault => ({
  what: `200 with ${what}`,
  reply: answer(200, body),
  expected: {
    ...SENSELESS,
    // The answer to a hang-up has no value.
    ...(['', 'null', '{}'].includes(body) ? { destroy: 'good' } : {}),
    // The probe distinguishes fewer errors.
    ...(body.length > 256 * 1024 ? { probe: 'answer-too-large', probe_tenant: 'answer-too-large' } : {}),
  },
}));

const oddTypes = ['text/html', 'application/json; charset=utf-16', 'application/octet-stream', ';;;', ''].map(
  (type): Fault => ({
    what: `200 with what was asked for, as "${type}"`,
    reply: (socket, reset, request) =>
      answer(200, JSON.stringify(answerTo(request)), { 'content-type': type })(socket, reset, request),
    expected: { most: 'good', ...NO_WEBSOCKET },
  }),
);

const wire: Fault[] = [
  {
    what: 'a port that accepts connections and never starts TLS',
    front: 'silent',
    reply: raw(''),
    endless: true,
    expected: { most: 'timed-out' },
  },
  { what: 'a port that resets connections', front: 'resetting', reply: raw(''), expected: { most: 'tls-failed' } },
  { what: 'no answer', reply: stall(''), endless: true, expected: after('timed-out') },
  { what: 'half a head', reply: stall('HTTP/1.1 200 OK\r\nconte'), endless: true, expected: after('timed-out') },
  {
    what: 'a head that drips in for ever',
    reply: drip('HTTP/1.1 200 OK\r\nx-slow: ', 'x'),
    endless: true,
    expected: after('timed-out'),
  },
  {
    what: 'interim answers for ever',
    reply: drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n'),
    endless: true,
    expected: after('timed-out'),
  },
  {
    what: 'a body that stops half-way',
    reply: stall(`${JSON_HEAD}content-length: 100\r\n\r\n{"items":[`),
    endless: true,
    expected: noUpgrade('timed-out'),
  },
  {
    what: 'a body that drips in for ever',
    reply: drip(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
    endless: true,
    expected: noUpgrade('timed-out'),
  },
  { what: 'the end instead of an answer', reply: raw(''), expected: after('connection-lost') },
  { what: 'a reset instead of an answer', reply: resetAfter(''), expected: after('connection-lost') },
  {
    what: 'a reset in the middle of the body',
    reply: resetAfter(`${JSON_HEAD}content-length: 100\r\n\r\n{"items":[`),
    expected: noUpgrade('connection-lost'),
  },
  {
    what: 'a body that is shorter than announced',
    reply: raw(`${JSON_HEAD}content-length: 100\r\n\r\n{"items":[`),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'chunks that break off',
    reply: raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{"ite\r\n`),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'chunks whose sizes are not numbers',
    reply: raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\nXYZ\r\n{}\r\n0\r\n\r\n`),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'a chunk of 2^70 bytes',
    reply: raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n400000000000000000\r\n{}\r\n`),
    expected: noUpgrade('bad-answer'),
  },
  { what: 'another protocol', reply: raw('SSH-2.0-OpenSSH_9.9\r\n\r\n'), expected: noUpgrade('bad-answer') },
  {
    what: 'bytes at random',
    reply: raw(Buffer.from('00ff16030100deadbeef', 'hex')),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'a head that is broken',
    reply: raw('HTTP/1.1 200 OK\r\nbroken\r\n\r\n'),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'a head of a megabyte',
    reply: raw(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(1024 * 1024)}\r\n\r\n{}`),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'a body that says it is a terabyte',
    reply: stall(`${JSON_HEAD}content-length: 1099511627776\r\n\r\n{`),
    expected: noUpgrade('answer-too-large'),
  },
  {
    what: 'a body without an end',
    reply: pour(`${JSON_HEAD}connection: close\r\n\r\n`, ' '.repeat(64 * 1024)),
    expected: noUpgrade('answer-too-large'),
  },
  { what: '256 MB in a gzip of 256 kB', reply: gzipBomb(), expected: noUpgrade('answer-too-large') },
  {
    what: 'a body that is not gzip despite its header',
    reply: answer(200, '{"items":[]}', { 'content-encoding': 'gzip' }),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'a packing that nobody asked for',
    reply: answer(200, '{"items":[]}', { 'content-encoding': 'br' }),
    expected: noUpgrade('bad-answer'),
  },
];

/** All faults, and the expected outcome for each request. */
export const FAULTS: readonly Fault[] = [...refusals, ...senseless, ...oddTypes, ...wire];
