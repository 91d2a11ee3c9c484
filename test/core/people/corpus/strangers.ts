import type { Form } from './form.ts';

export const ZEROS_AT_THE_END: Form = {
  name: 'Numbers that end with 0, of which only those with "-0" are switchboards',
  encoding: 'utf-8',
  country: 'DE',
  text: `
Name;Firma;Telefon;Telefon privat;Mobil
Anna Berg;Siemens AG;030 23 45 67 00;;
Ida Groß;Alm OG;030 23456 0;030 876543-0;
Otto Stein;Bosch;030-34-56-70-00;;0172-123 45-00
Pia Tal;Tal AG;;;0171 123 45-0
Uwe Wirt;Wirt AG;+43 1 34567-0;;+43 664 1234-0
Zentrale;Moos GmbH;030 45678-00;;
Empfang;Ried KG;+49-30-56 78 9-0;;
`,
  pairs: `
+493023456700 => Anna Berg
+493023456789 => +49 30 23456789
+49302345612 => +49 30 2345612
+49308765430 => Ida Groß
+493087654311 => +49 30 87654311
+493034567012 => +49 30 34567012
+491721234500 => Otto Stein
+491721234567 => +49 172 1234567
+491711234511 => +49 171 1234511
+431345670 => Uwe Wirt
+431345677 => Wirt AG
+436641234567 => +43 664 1234567
+49304567812 => Moos GmbH
+49305678912 => Ried KG
`,
};

export const NO_REGION: Form = {
  name: 'No own country, so national numbers match those of any country',
  encoding: 'utf-8',
  country: '',
  text: `
Name,Phone
Anna Berg,+49 30 1234567
Ben Ott,49 40 1234567
Eva Tal,020 79460018
`,
  pairs: `
+49301234567 => Anna Berg
0049301234567 => Anna Berg
0301234567 => Anna Berg
301234567 => Anna Berg
+41301234567 => +41 30 123 45 67
+43301234567 => +43 3012 34567
+49401234567 => Ben Ott
+43401234567 => +43 4012 34567
+442079460018 => Eva Tal
02079460018 => Eva Tal
`,
};

export const ENDINGS_OF_GLOBAL_NUMBERS: Form = {
  name: 'The rule of the last digits never joins two numbers with a country code',
  encoding: 'utf-8',
  country: 'US',
  matchLength: 7,
  text: `
Name,Phone
Anna Berg,+1 555 345 6789
Otto Stein,+49 1999 7654321
Pia Ost,49 30 8765432
`,
  pairs: `
+15553456789 => Anna Berg
3456789 => Anna Berg
+12123456789 => +1 212 345 6789
+12127654321 => +1 212 765 4321
7654321 => Otto Stein
+12128765432 => +1 212 876 5432
8765432 => Pia Ost
`,
};

export const UNKNOWN_EXTENSIONS: Form = {
  name: 'An extension that nobody has, behind the number of a person',
  encoding: 'utf-8',
  country: 'US',
  text: `
Name,Company,Phone
Anna Berg,Acme,212-555-0171
Otto Stein,,212-555-0172
Ida Ott,Tal Inc,212-555-0173 ext. 12
`,
  pairs: `
+12125550171 => Anna Berg
+1 212 555 0171 ext. 99 => Acme
tel:+1-212-555-0171;ext=99 => Acme
+1 212 555 0172 ext. 99 => +1 212 555 0172
"Eva" <tel:+1-212-555-0172;ext=99> => “Eva” (says the caller)
212-555-0173 ext. 12 => Ida Ott
212-555-0173 ext. 13 => Tal Inc
2125550173 => Tal Inc
`,
};

export const NAMESAKES: Form = {
  name: 'Spellings of one name, and names that only look alike',
  encoding: 'utf-8',
  country: 'DE',
  text: `
Name;Firma;Telefon
Jürgen Weiß;;030 1234501
JÜRGEN WEISS;;030 1234501
Łukasz Żak;;030 1234502
Lukasz Zak;;030 1234502
Martin Paul;Nord;030 1234503
Paul Martin;Süd;030 1234503
राम शर्मा;;030 1234504
रमा शर्मा;;030 1234504
ハナ;;030 1234505
バナ;;030 1234505
Eva Ost;Siemens AG;030 1234506
Uwe Ost;Siemens;030 1234506
Ida West;Berg GmbH;030 1234507
Jan West;Berg KG;030 1234507
Sean O'Brien;AT&T;030 1234508
Jean-Luc Picard;7-Eleven;030 1234509
`,
  pairs: `
0301234501 => Jürgen Weiß
0301234502 => Łukasz Żak
0301234503 => 2 people
0301234504 => 2 people
0301234505 => 2 people
0301234506 => Siemens AG
0301234507 => 2 people
"JURGEN WEISS" <sip:+4940123456@x> => +49 40 123456
"Juergen Weiss" <sip:+4940123456@x> => +49 40 123456
"Zak Lukasz" <sip:+4940123456@x> => +49 40 123456
"Sean OBrien" <sip:+4940123456@x> => +49 40 123456
"Sean O Brien" <sip:+4940123456@x> => +49 40 123456
weiss => Jürgen Weiß
obrien => Sean O'Brien
o'brien => Sean O'Brien
sob => Sean O'Brien
jeanluc => Jean-Luc Picard
att => Sean O'Brien
7eleven => Jean-Luc Picard
शर्मा => 2 people
रमा => रमा शर्मा
`,
};

export const WAYS_TO_NAME_A_CALLER: Form = {
  name: 'Lines with a number and a name in unusual places',
  encoding: 'utf-8',
  country: 'DE',
  text: `
Name;Firma;E-Mail;Telefon;Durchwahl
Anna Berg;Berg AG;anna@berg.example;030 1234567;101
Otto Stein;Stein OHG;;+49 40 7654321;102
`,
  pairs: `
"Otto" <sip:+49301234567@pbx => Anna Berg
Otto <sip:+49301234567@pbx => Anna Berg
"Otto" <sip:101@pbx => Anna Berg
Otto <Stein> <sip:+49301234567@x> => Anna Berg
Otto <Stein> <+49301234567 => Anna Berg
Otto <anna@berg.example> <sip:+49301234567@x> => Anna Berg
"Otto" <sip:+49301234567@x>, <tel:+49407654321> => Anna Berg
"Eva" <sip:+4989555123@pbx => “Eva” (says the caller)
+49 30 1234567 (Otto Stein) => Anna Berg
+49301234567 "Otto" => Anna Berg
+49 30 1234567 Otto Stein => Anna Berg
Anna 030 1234567 Berg => Anna Berg
1&1 Support +49 30 1234567 => Anna Berg
Otto Stein [030 1234567] => Anna Berg
+49 89 555123 (Eva Tal) => “Eva Tal” (says the caller)
+49 89 555123 (Anna Berg) => +49 89 555123
Rechnung 1&1 2125550171 =>
+49301234567@pbx.example.com => Anna Berg
101@pbx.example.com => Anna Berg
anna@berg.example => Anna Berg
tel:101;phone-context=+44 => +44101
sip:101;phone-context=+1@pbx;user=phone => +1101
sip:0301234567;phone-context=+44@pbx => +440301234567
tel:1234567;phone-context=+4930 => Anna Berg
tel:030-1234567;phone-context=+49 => Anna Berg
tel:101;phone-context=pbx.example.com => Anna Berg
00301234567 => Anna Berg
0 0301234567 => Anna Berg
`,
};

export const SLASHES: Form = {
  name: 'Numbers with several slashes or signs, and digits with two readings',
  encoding: 'utf-8',
  country: 'DE',
  text: `
Name;Telefon
Ben;0049/30/1234502
Carl;030/123/4503
Hans;0171/123/4508
Ina;++49 30 1234509
Jo;+49/(0)30/1234510
Nora;04123 4567
Olaf;04941 234567
Pia;+40 21 1234567
Uta;040 211234567
`,
  pairs: `
+49301234502 => Ben
+49301234503 => Carl
+491711234508 => Hans
+49301234509 => Ina
+49301234510 => Jo
4941234567 => 4941234567
+4941234567 => Nora
04941234567 => Olaf
0040211234567 => 2 people
`,
};
