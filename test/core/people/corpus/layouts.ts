import type { Form } from './form.ts';

/** Files whose columns, cells or lines are laid out in unusual ways. */
const form = (name: string, country: string, text: string, pairs: string): Form => ({
  name,
  encoding: 'utf-8',
  country,
  text,
  pairs,
});

export const FORMS = [
  form(
    'A vCard with one END too many',
    'DE',
    `
BEGIN:VCARD
VERSION:2.1
N:Abel;Jo
NOTE;ENCODING=QUOTED-PRINTABLE:Tel =0A=
TEL:030 5550188=
END:VCARD
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:Baer;Mo
TEL;CELL:0170 5550103
END:VCARD
`,
    `
01705550103 => Mo Baer
0305550188 => +49 30 5550188
`,
  ),
  form(
    'DATEV, with a name for each sort of address',
    'DE',
    `
Konto;Name (Adressattyp Unternehmen);Name (Adressattyp natürl. Person);Vorname (Adressattyp natürl. Person);Adressattyp;Kurzbezeichnung;Telefon
10000;Kranbau Süd GmbH;;;2;Kranbau;0711 555010
10001;;Kohl;Gerda;1;Kohl G.;0711 555022
`,
    `
0711555010 => Kranbau Süd GmbH
0711555022 => Gerda Kohl
`,
  ),
  form(
    'A list of partners',
    'DE',
    `
Partner;Ort;Telefon
Elektro Nagel;Ulm;0731 555010
Haustechnik Ruf;Ulm;0731 555011
`,
    `
0731555010 => Elektro Nagel
0731555011 => Haustechnik Ruf
`,
  ),
  form(
    'Names of customers beside contact persons',
    'DE',
    `
Firma;Name;Vorname;Ansprechpartner;Telefon
Huber Dach GmbH;;;Eva Lang;089 555010
;Mayr;Alois;;089 555020
`,
    `
089555010 => Eva Lang
089555020 => Alois Mayr
`,
  ),
  form(
    'Direct numbers with words of Austria',
    'AT',
    `
Name;Firma;Telefon
Rosi Abel;Abel Bau;+43 512 5550 DW 12
Toni Abel;Abel Bau;0512/5550-DW13
Zentrale;Abel Bau;0512/5550-0
Vroni Egg;Egg OG;0512 5560 Kl. 14
Sepp Egg;Egg OG;0512 5560 App. 15
Resi Egg;Egg OG;0512 5560 Nst. 16
`,
    `
+4351255500 => Abel Bau
+43512555012 => Rosi Abel
+43512555013 => Toni Abel
+43512556014 => Vroni Egg
+43512556015 => Sepp Egg
+43512556016 => Resi Egg
+43512556099 => +43 512 556099
`,
  ),
  form(
    'Amounts with two decimals',
    'DE',
    `
Name;Telefon
Marc Roy;"49305550902,00"
Lea Roy;49305550903.00
`,
    `
+49305550902 => Marc Roy
+49305550903 => Lea Roy
`,
  ),
  form(
    'Phones of addresses, for bills and direct',
    'GB',
    `
FirstName,LastName,Billing Phone,Default Address Phone,DDINumber
Kit,Moor,020 7946 0701,020 7946 0702,020 7946 0703
`,
    `
02079460701 => Kit Moor
02079460702 => Kit Moor
02079460703 => Kit Moor
`,
  ),
  form(
    'A French mobile, in short',
    'FR',
    `
Nom;Prénom;Tél.;Port.
Pré;Léo;01 55 50 09 02;06 55 50 09 02
`,
    `
0155500902 => Léo Pré
0655500902 => Léo Pré
`,
  ),
  form(
    'A spouse and an account manager who have names of their own',
    'US',
    `
First Name,Last Name,Cell,Spouse First Name,Spouse Last Name,Spouse Cell,Account Manager,Account Manager Phone
Ann,Poe,503-555-0101,Ed,Poe,503-555-0102,Al Ray,503-555-0199
Bob,Roe,503-555-0104,,,503-555-0105,Al Ray,503-555-0199
`,
    `
5035550101 => Ann Poe
5035550102 => Ed Poe
5035550105 => +1 503 555 0105
5035550199 => Al Ray
`,
  ),
  form(
    'A line break behind a hyphen',
    'DE',
    `
Name;Firma;Telefon
Nils Haug;Haug KG;"0621 5550-
11"
`,
    `
+49621555011 => Nils Haug
`,
  ),
];
