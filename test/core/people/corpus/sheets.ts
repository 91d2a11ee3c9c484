import type { Form } from './form.ts';

export const SPREADSHEET: Form = {
  name: 'A spreadsheet that damaged its numbers',
  encoding: 'windows-1252',
  lineEnd: '\r\n',
  country: 'DE',
  text: `
sep=;
Name;Firma;Telefon;Mobil;Fax
Rolf Damm;Damm & Partner;4,93E+11;0171 5550001;
Silke Damm;Damm & Partner;"=""+4930555020""";'0171 5550002;
Timo Ost;;305550301;;
Vera Nord;;=+4930555040;;
Willi Süd;;4930555050;1,71555E+09;
Xenia West;;030 555 060;;4.9E+11
Yvo Mitte;;030555070;1715550007;
`,
  pairs: `
+49305550301 => +49 30 5550301
0305550301 => +49 30 5550301
305550301 => Timo Ost
+493000000000 => +49 30 00000000
+491715550001 => Rolf Damm
+4930555020 => Silke Damm
030 555 020 => Silke Damm
01715550002 => Silke Damm
+4930555040 => Vera Nord
+4930555050 => Willi Süd
030555050 => Willi Süd
+4930555060 => Xenia West
030555060 => Xenia West
+4930555070 => Yvo Mitte
+491715550007 => +49 171 5550007
01715550007 => +49 171 5550007
4.93E+11 => 
"Rolf Damm" <+493055509> => +49 30 55509
493000000000 => +49 30 00000000
damm => 2 people
süd => Willi Süd
damm partner silke => Silke Damm
`,
};

export const TAB_SEPARATED: Form = {
  name: 'Tab-separated text in UTF-16 without a mark, contact persons of customers',
  encoding: 'utf-16le without BOM',
  lineEnd: '\r\n',
  country: 'DE',
  text: `
Kundennummer\tKunde\tAnsprechpartner\tStraße\tPLZ\tOrt\tTelefon\tHandy\tTelefax
4711001\tBäckerei Sommer\tHeike Sommer\tWeg 1\t10115\tBerlin\t030/2345678\t0172-1112223\t030/2345679
4711002\tBäckerei Sommer\tUli Sommer\tWeg 1\t10115\tBerlin\t030/2345678\t\t
4711003\tDachdecker Kern\t\tAllee 2\t14467\tPotsdam\t0331 / 555 10 20\t\t
4711004\tMetzger Roth\tEva Roth\tGasse 3\t10117\tBerlin\t030 2345700 / 030 2345701\t\t
`,
  pairs: `
+49302345678 => Bäckerei Sommer
030/2345678 => Bäckerei Sommer
0302345678 => Bäckerei Sommer
+491721112223 => Heike Sommer
0172-1112223 => Heike Sommer
+49302345679 => Heike Sommer
+493315551020 => Dachdecker Kern
0331/5551020 => Dachdecker Kern
+49302345700 => Eva Roth
+49302345701 => Eva Roth
030 2345702 => +49 30 2345702
4711001 => 4711001
10115 => 10115
sommer => 2 people
heike => Heike Sommer
kern => Dachdecker Kern
dachdecker => Dachdecker Kern
roth eva => Eva Roth
`,
};

export const WITHOUT_HEADERS: Form = {
  name: 'A list without headers',
  encoding: 'utf-8',
  country: 'ES',
  text: `
Carmen Ruiz,Talleres Ruiz,+34 911 234 567,carmen@example.com,2024-01-15
Diego Vega,Vega Hermanos,612 345 678,,2024-02-20
"Sanz, Elena",Talleres Ruiz,911 234 568,elena@example.com,2023-12-01
`,
  pairs: `
+34911234567 => Carmen Ruiz
911234567 => Carmen Ruiz
0034911234567 => Carmen Ruiz
34911234567 => Carmen Ruiz
"MADRID" <sip:911234567@x> => Carmen Ruiz
612345678 => Diego Vega
+34 612 34 56 78 => Diego Vega
+34911234568 => Sanz, Elena
911 234 568 => Sanz, Elena
+34911234569 => +34 911 23 45 69
20240115 => 20240115
ruiz => 2 people
carmen => Carmen Ruiz
vega diego => Diego Vega
`,
};

export const UNKNOWN_HEADERS: Form = {
  name: 'Headers in a language that is not known',
  encoding: 'utf-8',
  country: 'EE',
  text: `
Klient_nimi|Asutuse_tähis|Kontaktandmed|Märge
Mart Tamm|OÜ Kask|+372 5123 4567|1
Liis Saar|OÜ Kask|6123456|2
Jaan Mets|FIE Mets|(+372) 612 3457|3
`,
  pairs: `
+37251234567 => Mart Tamm
51234567 => Mart Tamm
003726123456 => Liis Saar
6123456 => Liis Saar
+3726123456 => Liis Saar
+3726123457 => Jaan Mets
6123457 => Jaan Mets
+3726123458 => +372 612 3458
tamm => Mart Tamm
saar liis => Liis Saar
`,
};

export const BROKEN_ROWS: Form = {
  name: 'Rows with open quotes, too many fields and no names',
  encoding: 'utf-8',
  country: 'GB',
  text: `
Name,Company,Phone,Notes
Alice Ash,Ash Ltd,020 7946 0100,fine
"Bob Birch,Birch Ltd,020 7946 0101,never closed
Carol Cedar,Cedar Ltd,020 7946 0102,fine
Dan, Deal,Deal Ltd,020 7946 0103,a comma too many
,,020 7946 0104,no name
Eve "Evie" Elm,Elm Ltd,020 7946 0105,"two
lines"
Frank Fir,Fir Ltd,call me,not a number
020 7946 0106,,020 7946 0106,a number for a name
Gina Gum,,020 7946 0107
`,
  pairs: `
+442079460100 => Alice Ash
020 7946 0101 => +44 20 7946 0101
+442079460102 => Carol Cedar
+442079460103 => +44 20 7946 0103
+442079460104 => +44 20 7946 0104
+442079460105 => Eve "Evie" Elm
+442079460106 => +44 20 7946 0106
+442079460107 => Gina Gum
02079460107 => Gina Gum
frank => Frank Fir
birch => 
elm => Eve "Evie" Elm
`,
};

export const MACINTOSH: Form = {
  name: 'Excel on a Mac, in its own code page',
  encoding: 'macintosh',
  lineEnd: '\r',
  country: 'FR',
  text: `
Nom complet;Téléphone mobile;Téléphone fixe;Société
Zoé D'Hondt;06 12 34 56 78;01 42 68 53 00;Atelier Gößler
Jörg Müller;+33 6 12 34 56 79;;Café Été
`,
  pairs: `
0612345678 => Zoé D'Hondt
0612345679 => Jörg Müller
ete => Jörg Müller
`,
};

export const SINGLE_QUOTES: Form = {
  name: 'Single quotes around every field',
  encoding: 'utf-8',
  country: 'GB',
  text: `
'Name','Phone'
'Al Fox','020 7946 0301'
'Pat O'Neil','020 7946 0302'
`,
  pairs: `
02079460301 => Al Fox
02079460302 => Pat O'Neil
`,
};
