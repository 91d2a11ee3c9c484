import type { Expected, Fault, Outcome } from './expected.ts';
import { answerTo } from './requests.ts';
import { STATUSES, TELLING } from './statuses.ts';
import { answer, drip, gzipBomb, JSON_HEAD, pour, raw, resetAfter, stall } from './wire.ts';

const ERRORS = '{"errors":[{"code":"UNKNOWN","message":"no"}]}';
const PAGE = '<!doctype html><html><title>Sorry</title></html>';

/** A server that refuses like any other, not like PortSIP, is none to the probe. */
const asPage = (expected: Expected): Expected =>
  (expected.probe ?? expected.most) === 'pbx-refused' ? { ...expected, probe: 'not-portsip' } : expected;

const refusals = STATUSES.flatMap(([status, expected]): Fault[] => {
  const plain: Fault = {
    what: `${status} with PortSIP's error body`,
    strike: answer(status, ERRORS, { location: '/elsewhere', 'retry-after': '1' }),
    expected,
  };
  if (!TELLING.has(status)) return [plain];
  return [
    plain,
    {
      what: `${status} with a page for people`,
      strike: answer(status, PAGE, { location: 'https://elsewhere.invalid/', 'content-type': 'text/html' }),
      expected: asPage(expected),
    },
    {
      what: `${status} whose body is cut off`,
      strike: raw(`HTTP/1.1 ${status} X\r\ncontent-length: 100\r\n\r\n{"errors":[{"co`),
      expected: asPage(expected),
    },
  ];
});

/** Nobody reads what is in a good answer to these. */
const UNREAD = { send_code: 'good', sign_out: 'good', destroy: 'good' } as const;
/** That is no WebSocket, whatever it is. */
const NO_WEBSOCKET = { upgrade: 'push-missing' } as const;
/** What was asked for is not in it. A call may have been placed all the same: `create` says that, not "unreadable". */
const SENSELESS: Expected = {
  most: 'bad-answer',
  probe: 'not-portsip',
  probe_tenant: 'not-portsip',
  // The PBX has taken the token and says no more of the account.
  rights: 'good',
  create: 'dial-unanswered',
  ...UNREAD,
  ...NO_WEBSOCKET,
};
/** The request has left, so nobody knows whether the PBX has placed the call. */
const after = (most: Outcome): Expected => ({ most, create: 'dial-unanswered' });
/** What came is no answer to an upgrade, so that looks no further. */
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
  ['bytes that are no text', '\u0000\uFFFD\u0001'.repeat(1000)],
].map(([what, body = '']): Fault => ({
  what: `200 with ${what}`,
  strike: answer(200, body),
  // A server that is only asked who it is has less to say.
  expected:
    body.length > 256 * 1024
      ? { ...SENSELESS, probe: 'answer-too-large', probe_tenant: 'answer-too-large' }
      : SENSELESS,
}));

const oddTypes = ['text/html', 'application/json; charset=utf-16', 'application/octet-stream', ';;;', ''].map(
  (type): Fault => ({
    what: `200 with what was asked for, as "${type}"`,
    strike: (socket, reset, request) =>
      answer(200, JSON.stringify(answerTo(request)), { 'content-type': type })(socket, reset, request),
    expected: { most: 'good', ...NO_WEBSOCKET },
  }),
);

const wire: Fault[] = [
  {
    what: 'a port that takes connections and never says a word of TLS',
    front: 'silent',
    strike: raw(''),
    endless: true,
    expected: { most: 'timed-out' },
  },
  { what: 'a port that resets connections', front: 'resetting', strike: raw(''), expected: { most: 'tls-failed' } },
  { what: 'no answer', strike: stall(''), endless: true, expected: after('timed-out') },
  { what: 'half a head', strike: stall('HTTP/1.1 200 OK\r\nconte'), endless: true, expected: after('timed-out') },
  {
    what: 'a head that drips in for ever',
    strike: drip('HTTP/1.1 200 OK\r\nx-slow: ', 'x'),
    endless: true,
    expected: after('timed-out'),
  },
  {
    what: 'interim answers for ever',
    strike: drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n'),
    endless: true,
    expected: after('timed-out'),
  },
  {
    what: 'a body that stops half-way',
    strike: stall(`${JSON_HEAD}content-length: 100\r\n\r\n{"items":[`),
    endless: true,
    expected: noUpgrade('timed-out'),
  },
  {
    what: 'a body that drips in for ever',
    strike: drip(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
    endless: true,
    expected: noUpgrade('timed-out'),
  },
  { what: 'the end instead of an answer', strike: raw(''), expected: after('connection-lost') },
  { what: 'a reset instead of an answer', strike: resetAfter(''), expected: after('connection-lost') },
  {
    what: 'a reset in the middle of the body',
    strike: resetAfter(`${JSON_HEAD}content-length: 100\r\n\r\n{"items":[`),
    expected: noUpgrade('connection-lost'),
  },
  {
    what: 'a body that is shorter than announced',
    strike: raw(`${JSON_HEAD}content-length: 100\r\n\r\n{"items":[`),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'chunks that break off',
    strike: raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{"ite\r\n`),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'chunks whose sizes are no numbers',
    strike: raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\nXYZ\r\n{}\r\n0\r\n\r\n`),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'a chunk of 2^70 bytes',
    strike: raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n400000000000000000\r\n{}\r\n`),
    expected: noUpgrade('bad-answer'),
  },
  { what: 'another protocol', strike: raw('SSH-2.0-OpenSSH_9.9\r\n\r\n'), expected: noUpgrade('bad-answer') },
  {
    what: 'bytes at random',
    strike: raw(Buffer.from('00ff16030100deadbeef', 'hex')),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'a head that is broken',
    strike: raw('HTTP/1.1 200 OK\r\nbroken\r\n\r\n'),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'a head of a megabyte',
    strike: raw(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(1024 * 1024)}\r\n\r\n{}`),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'a body that says it is a terabyte',
    strike: stall(`${JSON_HEAD}content-length: 1099511627776\r\n\r\n{`),
    expected: noUpgrade('answer-too-large'),
  },
  {
    what: 'a body without an end',
    strike: pour(`${JSON_HEAD}connection: close\r\n\r\n`, ' '.repeat(64 * 1024)),
    expected: noUpgrade('answer-too-large'),
  },
  { what: '256 MB in a gzip of 256 kB', strike: gzipBomb(), expected: noUpgrade('answer-too-large') },
  {
    what: 'a gzip that is none',
    strike: answer(200, '{"items":[]}', { 'content-encoding': 'gzip' }),
    expected: noUpgrade('bad-answer'),
  },
  {
    what: 'a packing that nobody asked for',
    strike: answer(200, '{"items":[]}', { 'content-encoding': 'br' }),
    expected: noUpgrade('bad-answer'),
  },
];

/** What can go wrong with a request, and what each of the requests makes of it. */
export const FAULTS: readonly Fault[] = [...refusals, ...senseless, ...oddTypes, ...wire];
