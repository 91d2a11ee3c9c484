import type { Form } from './form.ts';

export const VCARD_21: Form = {
  name: 'vCard 2.1 of Outlook, quoted-printable in Windows-1252',
  encoding: 'windows-1252',
  lineEnd: '\r\n',
  country: 'AT',
  text: `
BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=de;CHARSET=Windows-1252:Höfer;Jörg;;Mag.
FN;CHARSET=Windows-1252:Jörg Höfer
ORG;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:Gr=FCne Alm OG;K=FC=
che
TITLE:Chef
TEL;WORK;VOICE:+43 512 98765-21
TEL;CELL;VOICE:0676 1234567
TEL;WORK;FAX:+43 512 98765-99
X-MS-TEL;VOICE;COMPANY:+43 512 98765-0
X-MS-TEL;VOICE;ASSISTANT:+43 512 98765-22
ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:;;Stra=DFe 1=0D=0A2. Stock;Innsbruck;;6020
EMAIL;PREF;INTERNET:joerg@example.com
PHOTO;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQSkZJRgABAQEAYABgAAD/TEL;WORK:0316000000
 AAAA

REV:20240115T101010Z
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Novotn=C3=BD;Tom=C3=A1=C5=A1
TEL;HOME:0512 555123
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:;;;;
ORG:Bergrettung
TEL;WORK:140
TEL;PREF:+43 512 140140
END:VCARD
`,
  pairs: `
+435129876521 => Jörg Höfer
05129876521 => Jörg Höfer
0043 512 98765 21 => Jörg Höfer
435129876521 => Jörg Höfer
"Hoefer" <sip:+435129876521@pbx> => Jörg Höfer
+436761234567 => Jörg Höfer
0676/1234567 => Jörg Höfer
+435129876599 => Jörg Höfer
+43512987650 => Grüne Alm OG
0512 98765 0 => Grüne Alm OG
+435129876522 => Grüne Alm OG
+435129876533 => Grüne Alm OG
+43316000000 => +43 316 000000
+43512555123 => Tomáš Novotný
0512555123 => Tomáš Novotný
140 => Bergrettung
+43512140140 => Bergrettung
hofer => Jörg Höfer
küche => Jörg Höfer
novotny tomas => Tomáš Novotný
`,
};

export const VCARD_30_APPLE: Form = {
  name: 'vCard 3.0 of macOS and iOS, grouped properties and folded lines',
  encoding: 'utf-8',
  lineEnd: '\r\n',
  country: 'DE',
  text: `
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.0//EN
N:Weber;Clara;;;
FN:Clara Weber
ORG:Fabrik am Fluss GmbH;Einkauf
item1.TEL;type=pref:+49 69 555-1234
item1.X-ABLabel:_$!<Work>!$_
item2.TEL:069 5551299
item2.X-ABLabel:Fax Büro
TEL;type=CELL;type=VOICE;type=pref:0151 55512345
TEL;type=IPHONE;type=CELL;type=VOICE:+49 (0) 151 55567890
NOTE:Zentrale 069 5551200\\, ruft nach
  14 Uhr an
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAASABIAAD/4QBMRXhpZgAATU0AKgAAAAgA
 AYdpAAQAAAABAAAAGgAAAAAAA6ABAAMAAAABAAEAAKACAAQAAAABAAAAQKADAAQAAAABAAAAQAAAAAA
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;;;;
FN:Fabrik am Fluss GmbH
ORG:Fabrik am Fluss GmbH;
X-ABShowAs:COMPANY
TEL;type=WORK;type=VOICE;type=pref:+49 69 55512-0
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:de la Cruz y Fernández-Montoya;María del Carmen Guadalupe;Isabel;Dr.;
FN:Dr. María del Carmen Guadalupe Isabel de la Cruz y Fernánde
 z-Montoya
TEL;type=HOME;type=VOICE:+34 912 345 678
TEL;type=SIP:sip:maria@voip.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;Pizza;;;
FN:Pizza
TEL:069/777 88 99
END:VCARD
`,
  pairs: `
+49695551234 => Clara Weber
0695551234 => Clara Weber
0049695551234 => Clara Weber
49695551234 => Clara Weber
"Amt 2" <sip:0695551234@10.0.0.1> => Clara Weber
+49695551299 => Clara Weber
+4915155512345 => Clara Weber
0151 55567890 => Clara Weber
+4969555120 => Fabrik am Fluss GmbH
069 5551200 => Fabrik am Fluss GmbH
+496955512777 => Fabrik am Fluss GmbH
+34912345678 => Dr. María del Carmen Guadalupe Isabel de la Cruz y Fernández-Montoya
0034 912 345 678 => Dr. María del Carmen Guadalupe Isabel de la Cruz y Fernández-Montoya
sip:maria@voip.example => Dr. María del Carmen Guadalupe Isabel de la Cruz y Fernández-Montoya
<sip:maria@voip.example;transport=tls> => Dr. María del Carmen Guadalupe Isabel de la Cruz y Fernández-Montoya
sip:mario@voip.example => mario@voip.example
sip:maria@other.example => maria@other.example
"Clara Weber" <sip:clara@other.example> => clara@other.example
0697778899 => Pizza
weber einkauf => Clara Weber
montoya => Dr. María del Carmen Guadalupe Isabel de la Cruz y Fernández-Montoya
cw => Clara Weber
`,
};

export const VCARD_40: Form = {
  name: 'vCard 4.0 with tel: and sip: addresses',
  encoding: 'utf-8',
  country: 'CH',
  text: `
BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
FN:Noémie Favre
N:Favre;Noémie;;;
ORG:"Lac Léman SA";Direction
TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+41-22-555-01-01;ext=101
TEL;VALUE=uri;TYPE="cell,voice":tel:+41-79-555-01-01
IMPP:sip:noemie.favre@voip.example
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Luc Rochat
N:Rochat;Luc;;;
ORG:Lac Léman SA
TEL;VALUE=uri;TYPE="work,voice":tel:+41-22-555-01-01;ext=102
TEL;TYPE=home;VALUE=text:022 555 77 88
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Commune de Nyon
TEL;VALUE=uri;TYPE=work:tel:+41-22-555-90-00
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:individual
FN:Léa\\, la voisine
TEL:+41 22 555 33 44
END:VCARD
`,
  pairs: `
tel:+41-22-555-01-01;ext=101 => Noémie Favre
+41225550101;ext=102 => Luc Rochat
+41 22 555 01 01 ext. 102 => Luc Rochat
+41225550101 => Lac Léman SA
0225550101 => Lac Léman SA
+41795550101 => Noémie Favre
0795550101 => Noémie Favre
0041 79 555 01 01 => Noémie Favre
sip:noemie.favre@voip.example => Noémie Favre
sip:Noemie.Favre@VoIP.example:5061 => Noémie Favre
+41225557788 => Luc Rochat
022 555 77 88 => Luc Rochat
+41225559000 => Commune de Nyon
+41225559001 => +41 22 555 90 01
+41225553344 => Léa, la voisine
"Noémie Favre" <+41225559001> => +41 22 555 90 01
favre => Noémie Favre
rochat luc => Luc Rochat
lea => Léa, la voisine
`,
};

export const VCARD_ANDROID: Form = {
  name: 'vCard 2.1 of Android, quoted-printable in UTF-8 over several lines',
  encoding: 'utf-8',
  lineEnd: '\r\n',
  country: 'FR',
  text: `
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=42=C3=A9=6E=C3=A9=64=69=63=74=65;=46=72=61=6E=C3=A7=6F=69=
=73;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=46=72=61=6E=C3=A7=6F=69=73=20=42=C3=A9=6E=C3=A9=64=69=
=63=74=65
TEL;CELL:+33 6 11 22 33 44
TEL;WORK;PREF:01-55-66-77-88
TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=C3=80):0155667799
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:;Taxi;;;
FN:Taxi
TEL;CELL:3607
TEL;CELL:+33 1 55 00 11 22
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:Bénédicte;François;;;
FN:François Bénédicte
TEL;HOME:0144332211
END:VCARD
BEGIN:VCARD
VERSION:2.1
FN:Sans Fin
TEL;HOME:0144332299
`,
  pairs: `
+33611223344 => François Bénédicte
0611223344 => François Bénédicte
06 11 22 33 44 => François Bénédicte
33611223344 => François Bénédicte
+33155667788 => François Bénédicte
01.55.66.77.88 => François Bénédicte
"PARIS" <sip:0155667788@x> => François Bénédicte
+33144332211 => François Bénédicte
3607 => Taxi
+33155001122 => Taxi
0144332299 => +33 1 44 33 22 99
+33144332200 => +33 1 44 33 22 00
benedicte => François Bénédicte
taxi => Taxi
francois => François Bénédicte
`,
};

export const VCARD_UTF16: Form = {
  name: 'vCard 3.0 in UTF-16, big-endian',
  encoding: 'utf-16be',
  country: 'GR',
  text: `
BEGIN:VCARD
VERSION:3.0
N:Παπαδόπουλος;Λεωνίδας;;;
FN:Λεωνίδας Παπαδόπουλος
TEL;TYPE=WORK,VOICE:210 1234567
TEL;TYPE=CELL:+30 694 123 4567
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Σταύρος
TEL;TYPE=WORK:2101234568
END:VCARD
`,
  pairs: `
+302101234567 => Λεωνίδας Παπαδόπουλος
2101234567 => Λεωνίδας Παπαδόπουλος
00302101234567 => Λεωνίδας Παπαδόπουλος
302101234567 => Λεωνίδας Παπαδόπουλος
6941234567 => Λεωνίδας Παπαδόπουλος
+302101234568 => Σταύρος
+302101234569 => +30 21 0123 4569
παπαδοπουλος => Λεωνίδας Παπαδόπουλος
λεωνιδας => Λεωνίδας Παπαδόπουλος
`,
};
