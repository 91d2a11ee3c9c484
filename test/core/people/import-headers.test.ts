import { describe, expect, test } from 'vitest';
import { columnsByHeader, fieldOf } from '../../../src/core/people/import/columns.ts';

const list = (text: string): string[] => text.trim().split(/\s*[|\n]\s*/);
const uses = (headers: string[]): string[] => headers.map((header) => `${header}: ${fieldOf(header)?.is ?? 'unknown'}`);

/** Numbers at which nobody can be called. */
const OTHER_NUMBERS = list(`
Employee No|Employee Number|Staff Number|Member Number|Membership No.|Room No.|Room Number|Desk Number|Patient Number
Policy Number|License Number|Passport Number|Seat Number|Store Number|Branch Number|Project Number|Contract Number
Ticket Number|Case No.|Case Number|PO Number|Invoice number|Order number|Supplier Number|Vendor Number|Account Number
Number of Calls|Number of Employees|Personalnummer|Personalnr.|Mitarbeiternr.|Mandantennummer|Lieferantennummer
Filialnummer|Kostenstellennummer|Raumnr.|Zimmernummer|Aktennummer|Vorgangsnummer|Versicherungsnummer|Matrikelnummer
Mitgliedsnummer|Vertragsnummer|Objektnummer|Immobiliennummer|Artikelnummer|Hausnummer|Kundennummer|Lfd. Nr.|Haus-Nr.
Numéro client|Numéro de dossier|N° client|Numero cliente|Número de cliente|Número de empleado|Numer klienta
Číslo zákazníka|Telefonnotiz|Phone Notes|Telefonzeiten|Mobile Provider|Mobilfunkanbieter|Voicemail PIN|Phone Type
Telefonmodell|Phone ID|Handyvertrag|Caller ID Number|Forwarding Number|Rufnummernplan-ID|Mobile App|Mobile PIN
`);

const OTHER_PEOPLE = list(`
Emergency Contact Phone|Emergency Phone|Emergency Contact Name|Notfallkontakt|Telefon Notfallkontakt|Notfallnummer
Telefon Mutter|Mutter Handy|Mother Mobile|Vater mobil|Father's Cell|Parent Phone|Parent 1 Mobile|Telefon Eltern
ICE Phone|ICE Contact Phone|Guardian Phone|Next of kin phone|Spouse Phone|Ehepartner Telefon|Ehefrau|Assistant's Phone|Secretary|Telefon Sekretariat
Vorzimmer Telefon|Telefon Vertretung|Stellvertreter Durchwahl|Backup Phone|Téléphone de la mère|Teléfono del padre
Teléfono de emergencia|Contact d'urgence|Telefono madre|Supervisor Extension|Handy Sohn|Telefon Oma|Handy Frau|Hausarzt Telefon
`);

const PHONES = list(`
Tel|Tel.|Tél.|Tlf|Tlf.|Telf.|Fon|Mob.|Mob|Cell #|Phone #|Handynr.|Natel|GSM|Móvil|Celular|Telefonnummer|Rufnummer
Rufnr.|Festnetznummer|Mobilnummer|Faxnummer|Direct Line|Direct Dial|Direct|Work Direct|Direktwahl|Durchwahl|Ligne directe
Contact No|Contact Number|Kontaktnummer|Main Number|Business Number|Zentrale|Hotline|Klappe|DW|NSt|Nebenstelle|Ext.
Extension Number|Geschäftlich|Dienstlich|Privat|WhatsApp|Phone Number|Telephone No.|Customer Phone|Kundentelefon
Numéro de téléphone|Número de teléfono|N. tel.|Numer telefonu|Nummer|Number|Numero|Nr.|Rückrufnummer|Toll-Free Number
Office Phone|Office Number|Service Phone|Service Number|Practice Phone|Preferred Phone|After Hours Phone
Contractor Phone|Provider Phone|Ph No.|Vast nummer|Doorkiesnummer|Direkte nummer|Lokalnummer|N° de poste|Zweitnummer
電話番号|手机号码|전화번호|Telefonnummer 2|Mobil-Tel.-Nr.|telephoneNumber|homePhone|ipPhone|DID Number|Landline Number
`);

const NAMES = list(`
Kundenname|Customer Name|Mitarbeiter|Contact Person|Kontaktperson|Employee Name|Client Name|Teilnehmer|Nom du contact
Persona de contacto|Contactpersoon|Nominativo|Osoba kontaktowa|联系人|담당자|cn|Ansprechpartner|Nombre del contacto
Referente|Klantnaam|Kontaktní osoba|Yhteyshenkilö|Pessoa de contato|お名前|担当者|Контактное лицо|Name des Kunden
Fullständigt namn|Fulde navn|Person Name|Member Name|Interlocuteur|聯絡人|客户名称
`);

describe('headers', () => {
  test.each(NAMES)('"%s" is a name', (header) => {
    expect(uses([header])).toEqual([`${header}: name`]);
  });

  test('recognises the names of LDAP, although sn alone would be a serial number', () => {
    const used = (headers: string[]) => columnsByHeader(headers)?.map(({ is }) => is);
    expect(used(['cn', 'sn', 'givenName', 'telephoneNumber'])).toEqual(['name', 'last', 'first', 'number']);
    expect(used(['Name', 'SN', 'Phone'])).toEqual(['name', 'ignored', 'number']);
  });

  test.each(OTHER_NUMBERS)('"%s" is not a phone number', (header) => {
    expect(uses([header])).toEqual([expect.not.stringMatching(/number$/)]);
  });

  test.each(OTHER_PEOPLE)('"%s" is about somebody else', (header) => {
    expect(uses([header])).toEqual([`${header}: ignored`]);
  });

  test.each(PHONES)('"%s" is a phone number', (header) => {
    expect(uses([header])).toEqual([`${header}: number`]);
  });
});
