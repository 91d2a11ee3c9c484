import { expect, test } from 'vitest';
import { createSessionBody } from '../../../src/core/dial/create-session-body.ts';
import { DEFAULT_DIAL_OPTIONS } from '../../../src/core/settings/defaults.ts';
import type { DialOptions } from '../../../src/shared/dial.ts';
import { samplePlan } from '../../support/samples.ts';

const plan = samplePlan({ input: '+12015550123' });

const body = (options: Partial<DialOptions> = {}, overrides: Partial<DialOptions> | null = null, from = '1001') =>
  createSessionBody({ from, plan, options: { ...DEFAULT_DIAL_OPTIONS, ...options }, overrides });

test('sends only the three required fields by default', () => {
  expect(body()).toEqual({ ok: true, value: { caller: '1001', callee: '+12015550123', sendSdp: true } });
});

test('sends every option with a value', () => {
  const options: DialOptions = {
    sendSdp: false,
    callerDisplayName: 'Reception',
    trunk: 'Main trunk',
    rewriteFrom: '12015550100',
    rewritePai: '12015550101',
    rewriteRpi: '12015550102',
    userData: 'ticket 42',
    target: 'sip:1001@10.0.0.5',
    targetInstanceId: 'urn:uuid:0',
    targetExtensionNumber: '1001',
    additionalHeader: 'ALERT_INFO_AUTO_ANSWER',
    headerDirection: 'CALLER',
  };
  expect(body(options)).toEqual({ ok: true, value: { caller: '1001', callee: '+12015550123', ...options } });
});

test('sends the direction of a header only with a header', () => {
  expect(body({ headerDirection: 'ALL' })).toEqual(body());
  expect(body({ additionalHeader: 'CALL_INFO', headerDirection: 'ALL' })).toMatchObject({
    value: { additionalHeader: 'CALL_INFO', headerDirection: 'ALL' },
  });
});

test('options of the dial card override the settings, and can clear a setting', () => {
  const settings: Partial<DialOptions> = { trunk: 'Main', userData: 'x', additionalHeader: 'CALL_INFO' };
  expect(body(settings, { trunk: 'Other', userData: '', additionalHeader: null })).toEqual({
    ok: true,
    value: { caller: '1001', callee: '+12015550123', sendSdp: true, trunk: 'Other' },
  });
});

test.each<[keyof DialOptions, number]>([
  ['trunk', 64],
  ['rewriteFrom', 16],
  ['rewritePai', 16],
  ['rewriteRpi', 16],
  ['userData', 128],
  ['target', 128],
  ['targetInstanceId', 128],
  ['targetExtensionNumber', 128],
  ['callerDisplayName', 1024],
])('%s accepts %d characters, and an error names it for one more', (field, limit) => {
  expect(body({}, { [field]: 'x'.repeat(limit) })).toMatchObject({ ok: true, value: { [field]: 'x'.repeat(limit) } });
  expect(body({}, { [field]: 'x'.repeat(limit + 1) })).toMatchObject({
    ok: false,
    error: { code: 'settings-invalid', detail: field },
  });
});

test('refuses a line break, which would add a SIP header', () => {
  expect(body({}, { callerDisplayName: 'Anna\r\nX-Evil: 1' })).toMatchObject({
    ok: false,
    error: { code: 'settings-invalid', detail: 'callerDisplayName' },
  });
});

test('sends the user’s number without separators', () => {
  expect(body({}, null, '+1 (201) 555-0100')).toMatchObject({ ok: true, value: { caller: '+12015550100' } });
});

test.each(['', '   ', '-', 'Desk 2'])('refuses to place a call without a valid number of the user (%j)', (from) => {
  expect(body({}, null, from)).toMatchObject({ ok: false, error: { code: 'own-number-unknown' } });
});

test('trunk and caller id of a dial rule override the settings, and the dial card overrides both', () => {
  const byRule = { ...plan, trunk: 'Berlin', callerId: '4930100' };
  const settings = { ...DEFAULT_DIAL_OPTIONS, trunk: 'Main', rewriteFrom: '100' };
  const call = { from: '1001', plan: byRule, options: settings };
  expect(createSessionBody({ ...call, overrides: null })).toMatchObject({
    value: { trunk: 'Berlin', rewriteFrom: '4930100' },
  });
  expect(createSessionBody({ ...call, overrides: { trunk: 'Paris' } })).toMatchObject({
    value: { trunk: 'Paris', rewriteFrom: '4930100' },
  });
});
