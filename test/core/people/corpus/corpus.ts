import type { Form } from './form.ts';
import * as damaged from './damaged.ts';
import * as google from './google.ts';
import * as layouts from './layouts.ts';
import * as odd from './odd.ts';
import * as otherNumbers from './other-numbers.ts';
import * as outlook from './outlook.ts';
import * as parties from './parties.ts';
import * as pbx from './pbx.ts';
import * as sheets from './sheets.ts';
import * as strangers from './strangers.ts';
import * as titles from './titles.ts';
import * as vcard from './vcard.ts';
import * as vcardLines from './vcard-lines.ts';
import * as whose from './whose.ts';

export const FORMS: readonly Form[] = [
  outlook,
  google,
  parties,
  pbx,
  vcard,
  vcardLines,
  sheets,
  damaged,
  otherNumbers,
  titles,
  odd,
  strangers,
  whose,
  layouts,
].flatMap((forms) => Object.values<Form | Form[]>(forms).flat());
