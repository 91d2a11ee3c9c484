import type { Form } from './form.ts';

const titled = (name: string, text: string, country = 'DE'): Form => ({
  name: `A title above the headers: ${name}`,
  encoding: 'utf-8',
  country,
  text,
  pairs: country === 'DE' ? '0301234567 => Anna Berg\n0301234568 => Otto Stein' : '2125550171 => Anna Berg',
});

const GERMAN = 'Name;Telefon;Ort\nAnna Berg;030 1234567;Berlin, Mitte\nOtto Stein;030 1234568;Köln\n';
const AMERICAN = 'Name,Phone,City\nAnna Berg,212-555-0171,NY\n';

export const TITLE_OF_ONE_WORD = titled('one word', `Kontakte\n${GERMAN}`);
export const TITLE_WITH_PHONE = titled('a word for phones', `Telefonliste;;\n${GERMAN}`);
export const TITLE_WITH_COMMA = titled('a comma', `Kundenliste, Stand 5/24\n${GERMAN}`);
export const TITLE_WITH_YEAR = titled('a year, and an empty line', `Telefonliste, Stand Mai 2024\n\n${GERMAN}`);
export const TITLE_IN_TWO_CELLS = titled('a company and a list', `Firma Nord;Telefonliste;\n;;\n${GERMAN}`);
export const TITLE_DIRECTORY = titled('a company', `Company Phone Directory,,\n${AMERICAN}`, 'US');
export const TITLE_LINES = titled('two lines', `Phone List\nUpdated: May 5\n\n${AMERICAN}`, 'US');

export const COMMA_IN_NAMES: Form = {
  name: 'Commas in every name, between semicolons',
  encoding: 'utf-8',
  country: 'DE',
  text: `
Name, Vorname;Telefon
Berg, Anna;030 1234567
Berg, Otto;030 1234568
`,
  pairs: `
0301234567 => Anna Berg
0301234568 => Otto Berg
otto => Otto Berg
`,
};

const contact = (headers: string, shown = 'Anna Berg'): Form => ({
  name: `Headers: ${headers}`,
  encoding: 'utf-8',
  country: 'DE',
  text: `${headers}\nBerg AG;Anna Berg;030 1234567;Rolf Rep\n`,
  pairs: `0301234567 => ${shown}`,
});

export const CUSTOMERS = [
  contact('Kundenname;Kontaktperson;Telefon;Mitarbeiter'),
  contact('Customer;Contact Person;Phone;Employee'),
  contact('Ort;Kundenname;Telefon;Mitarbeiter'),
  contact('Firma;Mitarbeiter;Telefon;Notiz'),
  contact('Kunde;Notiz;Telefon;Mitarbeiter', 'Berg AG'),
  contact('Ort;Ansprechpartner/in (Xyz);Telefon;Notiz'),
];

export const DISPLAY_NAME_IS_ADDRESS: Form = {
  name: 'An e-mail address as the display name',
  encoding: 'utf-8',
  country: 'US',
  text: `
First Name,Last Name,Display Name,Primary Email,Work Phone
Anna,Berg,anna@example.com,anna@example.com,212-555-0171
,,otto@example.com,otto@example.com,212-555-0172
`,
  pairs: `
2125550171 => Anna Berg
2125550172 => otto@example.com
`,
};
