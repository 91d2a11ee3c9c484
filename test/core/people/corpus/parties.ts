import type { Form } from './form.ts';

/** Rows that name several people, and numbers in them that are not those of the row's person. */
const form = (name: string, country: string, text: string, pairs: string): Form => ({
  name,
  encoding: 'utf-8',
  country,
  text,
  pairs,
});

export const FORMS = [
  form(
    'Two contacts of a company in one row',
    'US',
    `
Company,Phone,Contact 1 Name,Contact 1 Phone,Contact 2 Name,Contact 2 Phone
Acme,212-555-0100,Ann One,212-555-0101,Bob Two,212-555-0102
Zeta,212-555-0110,Cy One,212-555-0103,,212-555-0104
`,
    `
2125550100 => Acme
2125550101 => Ann One
2125550102 => Bob Two
2125550103 => Cy One
2125550104 => +1 212 555 0104
bob => Bob Two
`,
  ),
  form(
    'Name 2 and Telefon 2 of a second person',
    'DE',
    `
Firma;Name 1;Telefon 1;Name 2;Telefon 2
Acme;Ann Eins;030 5550101;Bob Zwei;030 5550102
Zeta;Cy Eins;030 5550103;;030 5550104
`,
    `
0305550101 => Ann Eins
0305550102 => Bob Zwei
0305550103 => Cy Eins
0305550104 => Cy Eins
`,
  ),
  form(
    'Name 2 of SAP, the second line of a company',
    'DE',
    `
Name 1;Name 2;Telefon 1;Telefon 2
Schraub;& Co. KG;030 5550111;030 5550112
Blumen Fee;Inh. Fee Holm;030 5550113;030 5550114
`,
    `
0305550111 => Schraub
0305550112 => Schraub
0305550114 => Blumen Fee
`,
  ),
  form(
    'A second first name and a second last name are no second person',
    'ES',
    `
Nombre,Apellido 1,Apellido 2,Teléfono 1,Teléfono 2
Ana,Ruiz,Peña,915 23 45 01,915 23 45 02
`,
    `
915234501 => Ana Ruiz
915234502 => Ana Ruiz
`,
  ),
  form(
    'A primary and a secondary contact',
    'US',
    `
Primary Contact,Primary Phone,Secondary Contact,Secondary Phone
Ann One,212-555-0101,Bob Two,212-555-0102
Cy One,212-555-0103,Di Two,212-555-0104
`,
    `
2125550101 => Ann One
2125550102 => Bob Two
`,
  ),
  form(
    'Contacts by what they do, in French',
    'FR',
    `
Société,Contact commercial,Tél. commercial,Contact technique,Tél. technique
Acme,Ann One,01 42 68 53 01,Bob Two,01 42 68 53 02
Zeta,Cy One,01 42 68 53 03,Di Two,01 42 68 53 04
`,
    `
0142685301 => Ann One
0142685302 => Bob Two
`,
  ),
  form(
    'Patients, doctors and carers',
    'GB',
    `
Patient Name,Patient Phone,GP Name,GP Phone,Carer,Carer Phone
Ann One,020 7946 0101,Dr Two,020 7946 0102,Lee Care,020 7946 0103
Cy One,020 7946 0104,Dr Two,020 7946 0102,Moe Care,020 7946 0105
`,
    `
02079460101 => Ann One
02079460102 => Dr Two
02079460103 => Lee Care
02079460105 => Moe Care
`,
  ),
  form(
    'Contacts of customers and the employees who look after them',
    'DE',
    `
Kunde;Ansprechpartner;Telefon;Ansprechpartner 2;Telefon 2;Mitarbeiter;Mitarbeiter Telefon
Acme;Ann Eins;030 5550101;Bob Zwei;030 5550102;Max Intern;030 9990001
Zeta;Cy Eins;030 5550103;Di Zwei;030 5550104;Max Intern;030 9990001
`,
    `
0305550101 => Ann Eins
0305550102 => Bob Zwei
0309990001 => Max Intern
`,
  ),
  form(
    'Pipedrive',
    'NL',
    `
Person - Name,Person - Organization,Person - Phone - Work,Person - Phone - Mobile,Person - Email - Work,Person - Owner
Sanne Bos,Bos Bloemen,"020 555 0211, 020 555 0212",0611223344,s@example.com,Kees Verkoop
Tess Vos,Bos Bloemen,0205550213,,t@example.com,Kees Verkoop
`,
    `
0205550212 => Sanne Bos
0611223344 => Sanne Bos
0205550213 => Tess Vos
kees =>
`,
  ),
  form(
    'Salesforce, with the phones of accounts and assistants',
    'GB',
    `
"First Name","Last Name","Account Name","Phone","Mobile","Account Phone","Asst. Phone","Account Owner"
"Orla","Kent","Kent Mills","+44 161 496 0101","+44 7911 123456","+44 161 496 0100","+44 161 496 0109","Tim Sales"
"Ian","Rhys","Kent Mills","+44 161 496 0102","","+44 161 496 0100","","Tim Sales"
`,
    `
01614960101 => Orla Kent
07911123456 => Orla Kent
01614960100 => Kent Mills
01614960109 => +44 161 496 0109
`,
  ),
  form(
    'Numbers of people who have no name in the row',
    'US',
    `
Name,Phone,Asst. Phone,Assistenz,Boss Phone,Lawyer Phone,Landlord Phone,Dispatcher Phone,Sales Rep Phone,Mom Cell
Ann One,212-555-0100,212-555-0101,212-555-0102,212-555-0103,212-555-0104,212-555-0105,212-555-0106,212-555-0107,212-555-0108
Bob Two,212-555-0110,212-555-0111,212-555-0112,212-555-0113,212-555-0114,212-555-0115,212-555-0116,212-555-0117,212-555-0118
`,
    `
2125550100 => Ann One
2125550101 => +1 212 555 0101
2125550102 => +1 212 555 0102
2125550103 => +1 212 555 0103
2125550104 => +1 212 555 0104
2125550105 => +1 212 555 0105
2125550106 => +1 212 555 0106
2125550107 => +1 212 555 0107
2125550108 => +1 212 555 0108
`,
  ),
  form(
    'More numbers of one person',
    'US',
    `
Name,Contact Number,Alternate Contact Number,Second Phone,Contact Phone 2,Phone 3,Best Phone
Ann One,212-555-0100,212-555-0101,212-555-0102,212-555-0103,212-555-0104,212-555-0105
`,
    `
2125550100 => Ann One
2125550101 => Ann One
2125550102 => Ann One
2125550103 => Ann One
2125550104 => Ann One
2125550105 => Ann One
`,
  ),
  form(
    'The vendors are whom the rows name',
    'US',
    `
Vendor,Vendor Phone,Support Phone
Acme Bolts,212-555-0100,212-555-0101
Zeta Nuts,212-555-0110,212-555-0111
`,
    `
2125550100 => Acme Bolts
2125550110 => Zeta Nuts
`,
  ),
  form(
    'Fields that say whose number it is',
    'DE',
    `
Name;Telefon
Anna A;030 5550001 (Zentrale)
Carl C;0171 2345671 (Ehefrau)
Dora D;030 5550004 (Sekretariat Frau Kurz)
Jens J;Mutter: 030 5550014
Kurt K;030 5550015 (Notfall)
Lara L;030 5550016, Sekretariat: 030 5550017
Mara M;030 5550018, Sekretariat
Rita R;030 5550020 Frau Holm: 030 5550021
Sven S;030 5550022 (Frau Holm)
`,
    `
0305550001 => Anna A
01712345671 => +49 171 2345671
0305550004 => +49 30 5550004
0305550014 => +49 30 5550014
0305550015 => Kurt K
0305550016 => Lara L
0305550017 => +49 30 5550017
0305550018 => +49 30 5550018
0305550020 => Rita R
0305550021 => +49 30 5550021
0305550022 => Sven S
`,
  ),
  form(
    'Extensions of 3CX, whose header is only "Number"',
    'US',
    `
Number,FirstName,LastName,EmailAddress,MobileNumber,AuthID,AuthPassword,WebMeetingFriendlyName,OutboundCallerID,DID,Department
101,Lois,Grant,l@example.com,5105550101,abc123,pw9,101loisgrant,+15105550100,,Sales
102,Hank,Moss,h@example.com,5105550102,def123,pw8,102hankmoss,+15105550100,15105550112,Support
`,
    `
101 => Lois Grant
"Lois Grant" <sip:102@pbx> => Hank Moss
5105550102 => Hank Moss
5105550112 => Hank Moss
5105550100 => +1 510 555 0100
`,
  ),
  form(
    'Switchboards that only one person of a company has as their number',
    'AT',
    `
First Name,Last Name,Work Phone,Organization
Gerhard,Höß,01 5330-0,Höß & Co KG
Maria,Steindl,01 5330-212,Höß & Co KG
Eva,Allein,01 5440-0,
`,
    `
+43153300 => Höß & Co KG
+4315330212 => Maria Steindl
+4315330999 => Höß & Co KG
+43154400 => Eva Allein
`,
  ),
];
