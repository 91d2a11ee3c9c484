import { expect, test } from 'vitest';
import { readFuses } from './fuse-wire.ts';

test('the fuses of a program are read by name, and unknown ones are missing', () => {
  const wire = Buffer.from('ELF...dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x0401r1...', 'latin1');

  expect(readFuses(wire)).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeCliInspectArguments: true,
  });
});

test('a program without fuses is rejected as not Electron', () => {
  expect(() => readFuses(Buffer.from('ELF'))).toThrow('it is no Electron');
});
