import { describe, expect, test } from 'vitest';
import { contractViolations } from './contract.ts';

const JSON_TYPE = { contentType: 'application/json' };
const request = (
  method: string,
  path: string,
  more: Partial<Parameters<typeof contractViolations>[0][number]> = {},
) => ({
  method,
  path,
  query: '',
  body: '',
  contentType: '',
  bearer: true,
  ...more,
});
const placing = (fields: object) =>
  request('POST', '/api/sessions', {
    ...JSON_TYPE,
    body: JSON.stringify({ caller: '1001', callee: '+12015550123', send_sdp: true, ...fields }),
  });

describe('requests that the API documents', () => {
  test.each([
    request('GET', '/api/sessions'),
    request('GET', '/api/sessions/712345678901234567'),
    request('POST', '/api/sessions/712345678901234567/destroy'),
    request('POST', '/api/user/cdrs/sync_tokens', { query: 'date_from=2026-01-05T09%3A00%3A00Z' }),
    request('GET', '/api/user/cdrs', { query: 'orderby=started_at+desc&top=100' }),
    placing({ trunk: 'Main', user_data: 'x'.repeat(128), additional_header: 'CALL_INFO', header_direction: 'CALLER' }),
  ])('passes $method $path?$query $body', (sent) => {
    expect(contractViolations([sent])).toEqual([]);
  });
});

describe('requests that the API does not document', () => {
  test.each([
    ['an unknown path', request('GET', '/api/calls'), 'no such request is documented'],
    ['an unknown method', request('DELETE', '/api/sessions/1'), 'no such request is documented'],
    ['an unknown query', request('GET', '/api/sessions', { query: 'page=1' }), 'query'],
    [
      'a date without a time',
      request('POST', '/api/user/cdrs/sync_tokens', { query: 'date_from=2026-01-05' }),
      'query',
    ],
    ['a missing access token', request('GET', '/api/user', { bearer: false }), 'an access token is missing'],
    [
      'a body for a request without one',
      request('POST', '/api/auth/sign_out', { body: '{}' }),
      'no body is documented',
    ],
    ['an unknown field', placing({ video: true }), 'Unrecognized key'],
    ['a field of the wrong type', placing({ send_sdp: 'yes' }), 'body.send_sdp'],
    ['a field that is too long', placing({ rewrite_from: '1'.repeat(17) }), 'body.rewrite_from'],
    ['a missing field', request('POST', '/api/sessions', { ...JSON_TYPE, body: '{"caller":"1001"}' }), 'body.callee'],
    ['JSON sent as a form', { ...placing({}), contentType: 'text/plain' }, 'the body is sent as "text/plain"'],
  ])('names %s', (_what, sent, violation) => {
    expect(contractViolations([sent]).join('\n')).toContain(violation);
  });
});
