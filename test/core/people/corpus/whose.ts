import type { Form } from './form.ts';

/** Files in which it takes care to say whose a number is. */
const form = (name: string, country: string, text: string, pairs: string): Form => ({
  name,
  encoding: 'utf-8',
  country,
  text,
  pairs,
});

export const FORMS = [
  form(
    'lexoffice, whose contact person has a phone beside that of the company',
    'DE',
    `
Firmenname;Vorname;Nachname;Telefon 1;Ansprechpartner 1 Vorname;Ansprechpartner 1 Nachname;Ansprechpartner 1 Telefon
Optik Lenz GmbH;;;0911 555010;Ulla;Lenz;0911 555011
;Ivo;Petri;0911 555020;;;
`,
    `
0911555010 => Optik Lenz GmbH
0911555011 => Ulla Lenz
0911555020 => Ivo Petri
`,
  ),
  form(
    'The phone of a plant beside that of its contact',
    'US',
    `
Company,Plant Phone,Plant Contact Name,Plant Contact Phone
Acme,212-555-0100,Ann One,212-555-0101
`,
    `
2125550100 => Acme
2125550101 => Ann One
`,
  ),
  form(
    'The list of calls of a FRITZ!Box',
    'DE',
    `
sep=;
Typ;Datum;Name;Rufnummer;Landes-/Ortsnetzbereich;Nebenstelle;Eigene Rufnummer;Dauer
1;02.01.24 10:11;Oma Trude;0451555010;Lübeck;Wohnzimmer;0451555099;0:12
1;02.01.24 10:12;Praxis Rühl;0451555011;Lübeck;611;0451555099;0:12
`,
    `
0451555010 => Oma Trude
0451555099 => +49 451 555099
611 => 611
`,
  ),
  form(
    'Relatives and advisers under a contact’s name',
    'DE',
    `
Name;Telefon
Rita Moor;030 5550300, 030 5550301 (Anwalt)
Rita Moor;030 5550302 (Großvater)
Rita Moor;030 5550303 (Freundin)
Rita Moor;030 5550304 (lawyer)
Rita Moor;030 5550305 (son)
Rita Moor;030 5550306 (Tante)
Rita Moor;030 5550307 (Vermieter)
Rita Moor;030 5550308 (grandpa)
Rita Moor;030 5550309 (Enkel)
Rita Moor;030 5550310 (fille)
Berg GmbH;030 5550311 (Support)
`,
    `
0305550300 => Rita Moor
0305550301 => +49 30 5550301
0305550302 => +49 30 5550302
0305550303 => +49 30 5550303
0305550304 => +49 30 5550304
0305550305 => +49 30 5550305
0305550306 => +49 30 5550306
0305550307 => +49 30 5550307
0305550308 => +49 30 5550308
0305550309 => +49 30 5550309
0305550310 => +49 30 5550310
0305550311 => Berg GmbH
`,
  ),
  form(
    'Relatives in headers',
    'US',
    `
Name,Phone,Son Phone,Uncle Phone,Girlfriend Phone,Grandpa Phone,Roommate Phone,Coworker Phone,Vet Phone
Rita Moor,503-555-0101,503-555-0102,503-555-0103,503-555-0104,503-555-0105,503-555-0106,503-555-0107,503-555-0108
`,
    `
5035550101 => Rita Moor
5035550102 => +1 503 555 0102
5035550103 => +1 503 555 0103
5035550104 => +1 503 555 0104
5035550105 => +1 503 555 0105
5035550106 => +1 503 555 0106
5035550107 => +1 503 555 0107
5035550108 => +1 503 555 0108
`,
  ),
  form(
    'Labels of an iPhone that name others',
    'DE',
    `
BEGIN:VCARD
VERSION:3.0
FN:Rita Moor
ORG:Moor AG
TEL;TYPE=CELL:030 5550300
item1.TEL:030 5550301
item1.X-ABLabel:Anwalt
item2.TEL:030 5550302
item2.X-ABLabel:Großvater
item3.TEL:030 5550303
item3.X-ABLabel:Mari
item4.TEL:030 5550304
item4.X-ABLabel:_$!<Grandmother>!$_
item5.TEL:030 5550305
item5.X-ABLabel:Schwiegervater
item6.TEL:030 5550306
item6.X-ABLabel:_$!<Son>!$_
item7.TEL:030 5550307
item7.X-ABLabel:Kollege
TEL;TYPE=MAIN:030 5550399
END:VCARD
`,
    `
0305550300 => Rita Moor
0305550301 => +49 30 5550301
0305550302 => +49 30 5550302
0305550303 => +49 30 5550303
0305550304 => +49 30 5550304
0305550305 => +49 30 5550305
0305550306 => +49 30 5550306
0305550307 => +49 30 5550307
0305550399 => Moor AG
`,
  ),
  form(
    'Google, with the main number of the company and a lawyer',
    'AU',
    `
First Name,Last Name,Organization Name,Labels,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value
Bo,Ng,Pier Nine Ltd,* myContacts,Work,(02) 9876 5401,Company Main,(02) 9876 5400
Di,Ng,,* myContacts,Lawyer,(02) 9876 5402,Work,(02) 9876 5403
`,
    `
0298765400 => Pier Nine Ltd
0298765401 => Bo Ng
0298765402 => +61 2 9876 5402
0298765403 => Di Ng
`,
  ),
  form(
    'FreePBX, with the extension of each number',
    'US',
    `
displayname,fname,lname,company,phone_1_number,phone_1_type,phone_1_extension,phone_1_flags
Gil Park,Gil,Park,Park Tools,2125551100,work,201,sms
Sue Park,Sue,Park,Park Tools,2125551100,work,202,
`,
    `
201 => 201
sip:202@pbx => 202
tel:+12125551100;ext=202 => Sue Park
2125551100 => Park Tools
`,
  ),
  form(
    'A number with an extension in a column of its own, and internal extensions',
    'US',
    `
First Name,Last Name,Company,Business Phone,Business Phone Ext.,Extension
Gil,Park,Park Tools,(212) 555-1100,201,301
Sue,Park,Park Tools,(212) 555-1100,202,302
`,
    `
201 => 201
302 => Sue Park
tel:+12125551100;ext=202 => Sue Park
`,
  ),
  form(
    'A full name beside the first name',
    'US',
    `
Name,First Name,Phone
Anna Berg,Anna,503-555-0101
"Stein, Otto",Otto,503-555-0102
Cher,Cher,503-555-0103
`,
    `
5035550101 => Anna Berg
5035550102 => Otto Stein
5035550103 => Cher
`,
  ),
  form(
    'Salesforce, with a contact who has the number of the account',
    'US',
    `
First Name,Last Name,Account Name,Account Phone,Phone
Tia,Rossum,Helix Labs,(650) 555-0100,(650) 555-0101
Ned,Oz,Helix Labs,(650) 555-0100,(650) 555-0100
`,
    `
6505550101 => Tia Rossum
6505550100 => Helix Labs
`,
  ),
  form(
    'A company and its person with one number',
    'US',
    `
Name,Company,Phone
Acme,,212-555-0102
Lu Roe,"Acme, Inc.",212-555-0102
Acme,,212-555-0103
Jim Poe,Zeta,212-555-0103
`,
    `
2125550102 => Acme
2125550103 => 2 people
`,
  ),
  form(
    'MYOB, where a customer has no contact person',
    'AU',
    `
Co./Last Name,First Name,Addr 1 - Phone # 1,Addr 1 - Contact Name
Footloose Shoes,,02 9876 6001,Rae Lim
Barton,Wes,(07) 3876 6002,
`,
    `
0298766001 => Rae Lim
0738766002 => Wes Barton
`,
  ),
];
