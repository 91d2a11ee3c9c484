import { describe, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { expectRoom } from './support/layout.ts';
import { visitForms } from './support/scenes.ts';
import { cleanUpAfterEach } from './support/session.ts';

const [host] = TARGETS;
if (host === undefined) throw new Error('There is no host to look at.');

describe('in a small window and with text of 200 percent, everything can be read and reached, and axe finds nothing', () => {
  cleanUpAfterEach();

  test('rules, contacts, accounts, notifications', () => visitForms(host, expectRoom));
});
