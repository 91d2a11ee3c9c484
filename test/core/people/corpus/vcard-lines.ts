import type { Form } from './form.ts';

export const QUOTED_PRINTABLE: Form = {
  name: 'Lines of quoted-printable that look like properties or begin with a space',
  encoding: 'utf-8',
  lineEnd: '\r\n',
  country: 'DE',
  text: `
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Berg;J=C3=B6rg Maria
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg Maria=
 Berg
NOTE;ENCODING=QUOTED-PRINTABLE:Assistentin Eva Tal=0D=0A=
Tel: 030 7654321=0D=0A=
Org: Tal GmbH=0D=0A=
nicht vor 9 Uhr
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gesellschaft f=C3=BCr=
 Arbeit
ADR;ENCODING=QUOTED-PRINTABLE:;;Weg 1=0D=0A=
TEL:030 1234599;Berlin
TEL;WORK;VOICE:+49 30 1234567
NOTE;QUOTED-PRINTABLE:Ende=
TEL:030 7654322
END:VCARD
BEGIN:VCARD
VERSION:2.1
FN:Eva Nord
TEL:030 1234568
NOTE;QUOTED-PRINTABLE:a=3Db=
END:VCARD
`,
  pairs: `
+49301234567 => Jörg Maria Berg
berg => Jörg Maria Berg
für arbeit => Jörg Maria Berg
+49301234568 => Eva Nord
+49307654321 => +49 30 7654321
+49307654322 => +49 30 7654322
+49301234599 => +49 30 1234599
tal => 
`,
};

export const BASE64_NAMES: Form = {
  name: 'Names in base64, and lines folded after a space',
  encoding: 'utf-8',
  lineEnd: '\r\n',
  country: 'DE',
  text: `
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=BASE64:QmVyZztBbm5h
FN;CHARSET=UTF-8;ENCODING=BASE64:
 QW5uYSBC
 ZXJn

TEL;CELL:030 1234501
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN;ENCODING=b:SsO8cmdlbiBUYWw=
TEL:030 1234502
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Prof. Dr. Maria Elisabeth von und zu Hohenlohe-Langenburg Gräfin${' '}
 Berg
TEL;TYPE=WORK:+49 30 1234503
END:VCARD
`,
  pairs: `
0301234501 => Anna Berg
0301234502 => Jürgen Tal
0301234503 => Prof. Dr. Maria Elisabeth von und zu Hohenlohe-Langenburg Gräfin Berg
anna berg => Anna Berg
gräfin berg => Prof. Dr. Maria Elisabeth von und zu Hohenlohe-Langenburg Gräfin Berg
`,
};

export const OLD_MACINTOSH: Form = {
  name: 'vCard 3.0 with the line ends of an old Macintosh',
  encoding: 'utf-8',
  lineEnd: '\r',
  country: 'US',
  text: `
BEGIN:VCARD
VERSION:3.0
FN:Anna Berg
NOTE:first
 second
TEL:212-555-0171
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Otto Stein
TEL:212-555-0172
END:VCARD
`,
  pairs: `
2125550171 => Anna Berg
2125550172 => Otto Stein
`,
};
