import type { Form } from './form.ts';

export const DECIMALS: Form = {
  name: 'A program that wrote numbers as decimals',
  encoding: 'utf-8',
  country: 'DE',
  text: `
Name,Phone,Extension
Anna Berg,49301234567.0,101.0
Otto Stein,1711234567.0,102.0
Eva Tal,+49 30 1234568,
Ida Nord,"4930123456,0",
`,
  pairs: `
+49301234567 => Anna Berg
0301234567 => Anna Berg
+493012345670 => +49 30 12345670
493012345670 => +49 30 12345670
101 => Anna Berg
1010 => 1010
1711234567 => Otto Stein
01711234567 => +49 171 1234567
+4917112345670 => +49 171 12345670
102 => Otto Stein
+49301234568 => Eva Tal
+4930123456 => Ida Nord
+49301234560 => +49 30 1234560
`,
};

/** A spreadsheet takes no 0 from numbers that are written without one. */
const bare = (country: string, rows: string, pairs: string): Form => ({
  name: `Numbers of ${country} that are written without a 0`,
  encoding: 'utf-8',
  country,
  text: `\nName,Phone\n${rows.trim()}\n`,
  pairs,
});

export const BARE_CHINA = bare(
  'CN',
  '王伟,13800138000',
  `
13800138000 => 王伟
+8613800138000 => 王伟
sip:13800138000@pbx => 王伟
+8613800138001 => +86 138 0013 8001
`,
);

export const BARE_BRAZIL = bare(
  'BR',
  'Ana Lima,11912345678\nRui Reis,1131234567',
  `
11912345678 => Ana Lima
+5511912345678 => Ana Lima
1131234567 => Rui Reis
+551131234567 => Rui Reis
`,
);

export const BARE_INDIA = bare(
  'IN',
  'Asha Rao,9812345680',
  `
9812345680 => Asha Rao
+919812345680 => Asha Rao
09812345680 => Asha Rao
`,
);

export const BARE_ARGENTINA = bare(
  'AR',
  'Eva Paz,1143215678',
  `
1143215678 => Eva Paz
+541143215678 => Eva Paz
01143215678 => Eva Paz
`,
);

export const BARE_TURKEY = bare(
  'TR',
  'Can Kaya,5321234567',
  `
5321234567 => Can Kaya
+905321234567 => Can Kaya
05321234567 => Can Kaya
`,
);

export const ZERO_LOST_AT_HOME: Form = {
  name: 'A 0 that a spreadsheet took away, where local numbers are completed with an area code',
  encoding: 'utf-8',
  country: 'DE',
  areaCode: '30',
  text: `
Name,Phone
Timo Ost,305550301
Anna Berg,5550302
`,
  pairs: `
305550301 => Timo Ost
+49305550301 => +49 30 5550301
+4930305550301 => +49 30 305550301
5550302 => Anna Berg
+49305550302 => +49 30 5550302
`,
};
