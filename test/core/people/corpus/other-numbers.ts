import type { Form } from './form.ts';

export const ROW_NUMBERS: Form = {
  name: 'Numbers of rows, of the staff and of rooms beside extensions',
  encoding: 'utf-8',
  country: 'DE',
  text: `
Nr.;Personalnummer;Nachname;Vorname;Zimmernummer;Mitgliedsnummer;Durchwahl;Telefon
101;2301;Berg;Anna;204;4711;301;030 1234567
102;101;Stein;Otto;301;4712;204;030 1234568
`,
  pairs: `
101 => 101
102 => 102
2301 => 2301
4711 => 4711
204 => Otto Stein
301 => Anna Berg
0301234567 => Anna Berg
`,
};

export const HOUSE_NUMBERS: Form = {
  name: 'Addresses with house numbers, and postal codes',
  encoding: 'utf-8',
  country: 'DE',
  text: `
Vorname;Nachname;Straße;Nr.;PLZ;Ort;Telefon;Telefonnotiz
Anna;Berg;Hauptstraße;112;10115;Berlin;030 1234567;bis 17 Uhr, 0171 1234567
Otto;Stein;Hauptstraße;204;10115;Berlin;030 1234568;
`,
  pairs: `
204 => 204
112 => 112
10115 => 10115
0301234568 => Otto Stein
01711234567 => +49 171 1234567
`,
};

export const BUSINESS_NUMBERS: Form = {
  name: 'Numbers of employees, orders and accounts',
  encoding: 'utf-8',
  country: 'US',
  text: `
Contact ID,Company,Contact,Number of Employees,Phone,Account Number,Invoice number,Case No.,Fax Nr,Vendor Number,Office,Employee Number,Extension
1044,Acme,Anna Berg,250,212-555-0171,1045,1046,1047,2125550172,1050,312,1002,2001
1043,Acme,Otto Stein,251,212-555-0173,1055,1056,1057,,1060,314,1003,1002
`,
  pairs: `
250 => 250
312 => 312
1044 => 1044
1045 => 1045
1046 => 1046
1047 => 1047
1050 => 1050
1003 => 1003
1002 => Otto Stein
2001 => Anna Berg
2125550171 => Anna Berg
2125550172 => Anna Berg
`,
};

export const WITHOUT_HEADERS_BUT_NUMBERED: Form = {
  name: 'A list without headers, with numbers of customers and postal codes',
  encoding: 'utf-8',
  country: 'US',
  text: `
1001,Anna Berg,212-555-0171,10001
1002,Otto Stein,212-555-0172,10002
1003,Eva Tal,212-555-0173,10003
`,
  pairs: `
2125550171 => Anna Berg
10001 => 10001
1001 => 1001
`,
};

export const ONE_COLUMN_OF_NUMBERS: Form = {
  name: 'A list of extensions whose header is only "Number"',
  encoding: 'utf-8',
  country: 'GB',
  text: `
Name,Number
Ada Byron,1201
Mary Shelley,1202
`,
  pairs: `
1201 => Ada Byron
1202 => Mary Shelley
1203 => 1203
`,
};

export const OTHER_PEOPLE: Form = {
  name: 'Numbers of parents and of the contact for an emergency',
  encoding: 'utf-8',
  country: 'DE',
  text: `
Vorname;Nachname;Telefon;Notfallkontakt;Telefon Notfallkontakt;Telefon Mutter
Anna;Berg;030 1234567;Karl Berg;0171 1234567;0171 7654321
`,
  pairs: `
0301234567 => Anna Berg
01711234567 => +49 171 1234567
01717654321 => +49 171 7654321
`,
};

export const GOOGLE_ASSISTANT: Form = {
  name: "Google's labels for an assistant and a mother",
  encoding: 'utf-8',
  country: 'US',
  text: `
First Name,Last Name,Organization Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value
Anna,Berg,,Assistant,212-555-0171,Work,212-555-0172 ::: 212-555-0173
Otto,Stein,,Mother,212-555-0174,,212-555-0175
`,
  pairs: `
2125550171 => +1 212 555 0171
2125550172 => Anna Berg
2125550173 => Anna Berg
2125550174 => +1 212 555 0174
2125550175 => Otto Stein
`,
};

export const VCARD_LABELS: Form = {
  name: 'Labels of a vCard for other people',
  encoding: 'utf-8',
  country: 'DE',
  text: `
BEGIN:VCARD
VERSION:3.0
FN:Anna Berg
item1.TEL:030 1234501
item1.X-ABLabel:Sekretariat
item2.TEL:030 1234502
item2.X-ABLabel:Vorzimmer Frau Tal
TEL;TYPE=X-Assistant:030 1234503
item4.TEL:030 1234504
item4.X-ABLabel:Sekretärin
item5.TEL:030 1234505
item5.X-ABLabel:_$!<Mother>!$_
item6.TEL:030 1234506
item6.X-ABLabel:Büro Mitte
END:VCARD
`,
  pairs: `
0301234501 => +49 30 1234501
0301234502 => +49 30 1234502
0301234503 => +49 30 1234503
0301234504 => +49 30 1234504
0301234505 => +49 30 1234505
0301234506 => Anna Berg
`,
};

export const NUMBERED_WITH_FAX: Form = {
  name: 'Numbers of rows beside fax numbers only',
  encoding: 'utf-8',
  country: 'DE',
  text: `
Nummer;Name;Fax
101;Anna Berg;030 1234567
102;Otto Stein;030 1234568
`,
  pairs: `
101 => 101
0301234567 => Anna Berg
`,
};
