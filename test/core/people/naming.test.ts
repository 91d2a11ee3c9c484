import { expect, test } from 'vitest';
import { matchesExtension } from '../../../src/core/numbers/extension-pattern.ts';
import { Naming } from '../../../src/core/people/naming.ts';

/** The names of an empty directory, at a PBX with such extensions. */
const naming = (extensions: string) =>
  new Naming(
    ({ number, name }) => ({ matches: [], shown: { kind: 'claim', claim: name, number } }),
    (digits) => matchesExtension(digits, extensions),
  );

test.each([
  ['1002', '4', false],
  ['12345678', '4', true],
  ['12345678', '8', false],
  ['0301234567', '8', true],
  ['+4930123456', '4', true],
])(
  'the name that is sent with %s counts as sent by the caller if extensions have %s digits: %s',
  (number, digits, claimed) => {
    const party = naming(digits).party({ number, name: 'Anna Berg' });
    expect(party.claimed === true).toBe(claimed);
    expect(naming(digits).party({ number, name: 'Anna Berg', external: true }).claimed).toBe(true);
  },
);
