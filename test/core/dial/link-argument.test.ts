import { expect, test } from 'vitest';
import { findLink } from '../../../src/core/dial/link-argument.ts';

test('finds the link among the switches and paths of a second start', () => {
  const argv = [
    'C:\\Program Files\\Traydial\\Traydial.exe',
    '--allow-file-access-from-files',
    '--original-process-start-time=13370000000000',
    'tel:+12015550123',
  ];
  expect(findLink(argv)).toBe('tel:+12015550123');
});

test('uses the first link and ignores what follows it', () => {
  expect(findLink(['traydial', 'tel:1001', '--demo', 'tel:1002'])).toBe('tel:1001');
});

test('removes quotes around a link and what follows them', () => {
  expect(findLink(['traydial', '"tel:+1 201 555 0123"'])).toBe('tel:+1 201 555 0123');
  expect(findLink(['traydial', '"tel:1001" --demo'])).toBe('tel:1001');
  expect(findLink(['traydial', "'callto:1001'"])).toBe('callto:1001');
});

test.each(['tel:1', 'callto:1', 'sip:1001@pbx.example.com', 'sips:1001@pbx.example.com', 'traydial:+4930901820'])(
  'recognises %s as a link',
  (link) => {
    expect(findLink(['traydial', '--', link])).toBe(link);
  },
);

test('accepts a scheme in capitals', () => {
  expect(findLink(['traydial', 'TEL:%2B12015550123'])).toBe('TEL:%2B12015550123');
});

test('returns an empty link, so that the window can show its error', () => {
  expect(findLink(['traydial', 'tel:'])).toBe('tel:');
});

test.each([
  [[]],
  [['traydial']],
  [['/opt/tel:/traydial', '/home/tel:+1201']],
  [['traydial', '--link=tel:+12015550123', '--tel:+12015550123']],
  [['traydial', 'sipx:1001@pbx', 'telephone:1', 'xtel:1', 'https://example.com/?tel:1']],
])('finds no link in %j', (argv) => {
  expect(findLink(argv)).toBeNull();
});
