import { expect, test } from 'vitest';
import { planDial } from '../../../src/core/dial/plan-dial.ts';

/** What a clicked link dials, or the code of the refusal. */
function click(link: string, country = ''): string {
  const result = planDial(link, { source: 'link', country });
  return result.ok ? result.value.dial : result.error.code;
}

test.each([
  // RFC 3966
  ['tel:+1-201-555-0123', '+12015550123'],
  ['TEL:+1(201)555.0123', '+12015550123'],
  ['tel:7042;phone-context=example.com', '7042'],
  ['tel:5550123;phone-context=example.com', '5550123'],
  ['tel:201-555-0123;phone-context=+1', '+12015550123'],
  ['tel:863-1234;phone-context=+1-914', '+19148631234'],
  ['tel:0791234567;phone-context=+41', '+41791234567'],
  ['tel:201-555-0123;PHONE-CONTEXT=%2B1', '+12015550123'],
  ['tel:911;phone-context=+1', '911'],
  ['tel:1001', '1001'],
  ['tel:030-1234567', '0301234567'],
  // Parameters and query are not part of the number
  ['tel:+12015550123;ext=456', '+12015550123'],
  ['tel:+12015550123;isub=1234', '+12015550123'],
  ['tel:+12015550123;postd=pp22', '+12015550123'],
  ['tel:+12015550123;456', '+12015550123'],
  ['tel:+12015550123;rn=+19145550000;npdi', '+12015550123'],
  ['tel:+12015550123?call', '+12015550123'],
  ['tel:+12015550123;ext=5?subject=1;2', '+12015550123'],
  ['tel:+12015550123?%zz', '+12015550123'],
  // Slashes
  ['tel://+12015550123', '+12015550123'],
  ['tel:///+12015550123/', '+12015550123'],
  ['tel://+12015550123/;ext=5', '+12015550123'],
  ['callto:+12015550123', '+12015550123'],
  ['callto://+12015550123/', '+12015550123'],
  // Escapes
  ['tel:+1%20201%20555%200123', '+12015550123'],
  ['tel:%2B1%28201%29555%2D0123', '+12015550123'],
  ['tel:%2b12015550123', '+12015550123'],
  ['tel:+1%C2%A0201%E2%80%91555%E2%80%910123', '+12015550123'],
  ['tel:+12015550123%E2%80%AC', '+12015550123'],
  ['tel:+12015550123%0A', '+12015550123'],
  // Codes
  ['tel:*97#', '*97#'],
  ['tel:#31#201', '#31#201'],
  ['tel:%2331%23201', '#31#201'],
  ['tel:*31%23030123456', '*31#030123456'],
  // As pages write it
  ['tel: +49 30 123456', '+4930123456'],
  ['tel:+49 (0)30 123456', '+4930123456'],
  ['"tel:+4930123456"', '+4930123456'],
  // SIP: only the user part, and only a number
  ['sip:1001@pbx.example.com', '1001'],
  ['sips:%2B12015550123@pbx.example.com:5061;transport=tls', '+12015550123'],
  ['sip:+12015550123;phone-context=example.com@gw;user=phone', '+12015550123'],
  ['sip:1001', '1001'],
])('%s dials %s', (link, dial) => {
  expect(click(link)).toBe(dial);
});

test.each([
  ['tel:', 'link-invalid'],
  ['tel://', 'link-invalid'],
  ['tel:%20', 'link-invalid'],
  ['tel:;ext=456', 'link-invalid'],
  ['tel:?call', 'link-invalid'],
  ['tel:--flag', 'link-invalid'],
  ['tel:-u', 'link-invalid'],
  ['tel:--no-sandbox 12345', 'link-invalid'],
  ['tel:+12015550123 --proxy-server=evil', 'link-invalid'],
  ['tel:+1201555%zz', 'link-invalid'],
  ['tel:+1201555%2', 'link-invalid'],
  ['tel:+1201555%FF0123', 'link-invalid'],
  ['tel:+1201555%000123', 'link-invalid'],
  ['tel:+1%2520201%25205550123', 'link-invalid'],
  ['tel:5550123;phone-context=%zz', 'link-invalid'],
  // Valid only inside an area that the number cannot be completed with
  ['tel:863-1234;phone-context=+1-914-555', 'link-invalid'],
  ['tel:1-800-FLOWERS', 'link-invalid'],
  ['tel:+1201abcdef', 'link-invalid'],
  ['tel:<script>alert(1)</script>', 'link-invalid'],
  ['callto:skype.name?call', 'link-invalid'],
  ['sip:alice@pbx.example.com', 'link-invalid'],
  ['sip:alice:1234567@pbx.example.com', 'link-invalid'],
  ['sip:10.0.0.1', 'link-invalid'],
  ['https://example.com/tel:+12015550123', 'link-invalid'],
  ['mailto:1234567@example.com', 'link-invalid'],
  ['', 'link-invalid'],
  ['tel:12', 'number-too-short'],
  ['tel:+12015550123,+12015550124', 'number-several'],
  ['tel:+12015550123,,456#', 'number-several'],
  ['tel:030%201234567%20%2F%20030%207654321', 'number-several'],
  ['tel:030123456%0A030123457', 'number-several'],
  [`tel:${'1'.repeat(33)}`, 'number-too-long'],
  [`tel:+12015550123;x=${'1'.repeat(10_000)}`, 'number-too-long'],
])('%.60s is refused', (link, code) => {
  expect(click(link)).toBe(code);
});

test('a link dials the same number on every click', () => {
  const clicks = Array.from({ length: 5 }, () => click('tel:201-555-0123;phone-context=+1'));
  expect(new Set(clicks)).toEqual(new Set(['+12015550123']));
});

test('a national number in a link is completed for the country that is set', () => {
  expect(click('tel:030-1234567', 'DE')).toBe('+49301234567');
});
