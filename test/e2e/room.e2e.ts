import { describe, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { expectRoom } from './support/layout.ts';
import {
  visitAccounts,
  visitCode,
  visitForms,
  visitHelp,
  visitHistory,
  visitSetup,
  visitSignIn,
} from './support/scenes.ts';
import { cleanUpAfterEach } from './support/session.ts';

const [host] = TARGETS;
if (host === undefined) throw new Error('There is no host to look at.');

const WALKS = {
  'the sign-in': visitSignIn,
  'the code of a two-factor sign-in': visitCode,
  'the first steps': visitSetup,
  'about, guide and keys': visitHelp,
  'rules, contacts, notifications': visitForms,
  'the history': visitHistory,
  'switching and leaving accounts': visitAccounts,
};

describe('in a small window and with text of 200 percent, everything can be read and reached, and axe finds nothing', () => {
  cleanUpAfterEach();

  test.for(Object.entries(WALKS))('%s', ([, visit]) => visit(host, expectRoom));
});
