import { expect, test } from 'vitest';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import { DEFAULT_DIAL_RULES } from '../../support/default-dial-rules.ts';

/** Texts and the labels of their numbers in the order of the choice; - means no label. */
const LABELLED: readonly (readonly [country: string, text: string, labels: string])[] = [
  ['US', '212-555-0199 fax, 212-555-0134 voice', '0134 phone, 0199 fax'],
  ['US', '(212) 555-0134 phone | (212) 555-0199 fax | (646) 555-0178 cell', '0134 phone, 0178 mobile, 0199 fax'],
  ['GB', '020 7946 0018 (switchboard), 07700 900123 mobile, 020 7946 0019 fax', '0018 phone, 0123 mobile, 0019 fax'],
  ['IT', '02 1234567 tel - 02 1234568 fax - 333 1234569 cell', '4567 phone, 4569 mobile, 4568 fax'],
  ['DE', '030 231250 Tel. / 030 231251 Fax / 0171 3920012 mobil', '1250 phone, 0012 mobile, 1251 fax'],
  ['US', '212-555-0134 Office\n646-555-0178 Mobile\n212-555-0199 Fax', '0134 phone, 0178 mobile, 0199 fax'],
  ['US', 'Office\n212-555-0134\nMobile\n646-555-0178\nFax\n212-555-0199', '0134 phone, 0178 mobile, 0199 fax'],
  ['US', 'Fax 212-555-0199, 212-555-0134', '0199 fax, 0134 fax'],
  ['US', '212-555-0199 fax 212-555-0134', '0199 maybe-fax, 0134 maybe-fax'],
  ['US', '212-555-0199 fax: 212-555-0134', '0199 -, 0134 fax'],
  ['FR', 'Tél. 01 99 00 12 34, Port : 06 12 34 56 78', '1234 phone, 5678 mobile'],
  ['FR', '01 99 00 12 34, 06 12 34 56 78 (port)', '1234 -, 5678 mobile'],
  [
    'US',
    'O: 212-555-0134 W: 212-555-0135 H: 212-555-0136 F: 212-555-0199',
    '0134 phone, 0135 phone, 0136 phone, 0199 fax',
  ],
  ['AT', 'Tel. 01 53410-0, Fax DW -99', '4100 phone, 1099 fax'],
  ['DE', '030/231250, Fax: -99', '1250 -, 5099 fax'],
  ['DE', 'Tel.-Nr. 030 231250, Fax-Nr. 030 231251, Kd.-Nr. 0301234567', '1250 phone, 1251 fax'],
  ['US', "Anna's number 212-555-0134, fax 212-555-0199", '0134 -, 0199 fax'],
  ['US', 'TEL;VALUE=uri;TYPE=cell:tel:+1-212-555-0134', '0134 mobile'],
  ['US', 'TEL;TYPE=FAX,WORK:212-555-0199\nTEL;TYPE=CELL:212-555-0134', '0134 mobile, 0199 fax'],
  ['US', 'Name,Fax,Phone\nDoe,212-555-0199,212-555-0134', '0134 phone, 0199 fax'],
  ['US', 'Name\tFax\tPhone\nDoe\t212-555-0199\t212-555-0134', '0134 phone, 0199 fax'],
  ['US', 'Name;Mobile;Fax\n"Doe; Jo";646-555-0178;212-555-0199', '0178 mobile, 0199 fax'],
  ['DE', '📠 030 231251 ☎️ 030 231250', '1250 -, 1251 fax'],
  ['DE', '☎ 030 231250 📠 030 231251', '1250 -, 1251 fax'],
  ['DE', 'Tel./Fax 030 231250, Mobil 0171 3920012', '1250 phone, 0012 mobile'],
];

test.each(LABELLED)('labels numbers in "%s": %j', (country, text, labels) => {
  const reading = readDial(text, { provenance: 'typed', rules: { ...DEFAULT_DIAL_RULES, country } });
  const plans = reading.found === 'one' ? [reading.plan] : reading.found === 'choose' ? reading.candidates : [];
  expect(plans.map(({ dial, label }) => `${dial.slice(-4)} ${label ?? '-'}`).join(', ')).toBe(labels);
});
