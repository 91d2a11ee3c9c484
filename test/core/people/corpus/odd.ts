import type { Form } from './form.ts';

export const MATCH_LENGTH: Form = {
  name: 'The rule of the last digits, and people who share them',
  encoding: 'utf-8',
  country: 'DE',
  matchLength: 7,
  text: `
Name,Company,Phone
Ina Berlin,,+49 30 1234567
Otto Wien,,+43 720 1234567
Pia Local,,7654321
Rita Hamburg,,040 9876543
Sven Kurz,,4567
`,
  pairs: `
+49301234567 => Ina Berlin
0301234567 => Ina Berlin
+437201234567 => Otto Wien
1234567 => 2 people
+41441234567 => +41 44 123 45 67
+49891234567 => +49 89 1234567
7654321 => Pia Local
+49307654321 => Pia Local
9876543 => Rita Hamburg
+49409876543 => Rita Hamburg
4567 => Sven Kurz
876543 => 876543
"Ina Berlin" <sip:+41441234567@x> => +41 44 123 45 67
99999876543 => Rita Hamburg
`,
};

export const LATIN_AMERICA: Form = {
  name: 'Mobile numbers of Argentina with 9 and 15',
  encoding: 'utf-8',
  country: 'AR',
  text: `
Nombre;Apellido;Empresa;Teléfono;Celular
Valentina;Sosa;Estudio Sosa;(011) 4321-5678;011 15-6789-1234
Bruno;Paz;;+54 341 432-1567;+54 9 341 612-3456
`,
  pairs: `
+541143215678 => Valentina Sosa
01143215678 => Valentina Sosa
1143215678 => Valentina Sosa
+5491167891234 => Valentina Sosa
+541167891234 => Valentina Sosa
0111567891234 => Valentina Sosa
011 15 6789-1234 => Valentina Sosa
+543414321567 => Bruno Paz
0341 432-1567 => Bruno Paz
+5493416123456 => Bruno Paz
0341 15 612-3456 => Bruno Paz
+543416123456 => Bruno Paz
+541143215679 => +54 11 4321 5679
sosa => Valentina Sosa
paz bruno => Bruno Paz
`,
};

export const RENUMBERED: Form = {
  name: 'Countries that changed their numbers, which stay as they are written',
  encoding: 'utf-8',
  country: 'CI',
  text: `
Prénom,Nom,Société,Téléphone,Portable
Awa,Koné,Cacao Sud,+225 27 20 12 34 56,07 08 12 34 56
Yao,Kouassi,,+225 20 12 34 57,
`,
  pairs: `
+2252720123456 => Awa Koné
2720123456 => Awa Koné
002252720123456 => Awa Koné
+2250708123456 => Awa Koné
0708123456 => Awa Koné
07 08 12 34 56 => Awa Koné
+225708123456 => +225 708123456
+2252720123457 => +225 27 20 1 23457
kone => Awa Koné
kouassi => Yao Kouassi
`,
};

export const WITHOUT_REGION: Form = {
  name: 'Without a country of one’s own',
  encoding: 'utf-8',
  country: '',
  text: `
Name,Company,Phone
Kim Global,,+82 2-312-3456
Lee National,,02 312 7890
Ext Thousand,,1001
`,
  pairs: `
+8223123456 => Kim Global
008223123456 => Kim Global
8223123456 => Kim Global
023123456 => Kim Global
023127890 => Lee National
+8223127890 => Lee National
1001 => Ext Thousand
1002 => 1002
global => Kim Global
`,
};

export const SAME_PERSON_TWICE: Form = {
  name: 'One person in several rows, and a family with one number',
  encoding: 'utf-8',
  country: 'US',
  text: `
Last name,First name,Company,Phone,Phone 2
Hale,Nathan,Hale Supply,(415) 555-0110,
"Hale","Nathan","Hale Supply","415-555-0110","415-555-0111"
HALE,NATHAN,,4155550110,
Roe,Jane,Roe & Roe,415-555-0120,
Roe,Richard,Roe & Roe,415-555-0120,
Poe,Edgar,Raven Inc,415-555-0130,
Foe,Frida,Gulliver Inc,415-555-0130,
Loe,Lars,Raven Inc,415-555-0140,
Moe,Mia,,415-555-0140,
Noe,Nils,,415-555-0140,
`,
  pairs: `
+14155550110 => Nathan Hale
4155550110 => Nathan Hale
415-555-0111 => Nathan Hale
"Jane" <4155550110> => Nathan Hale
+14155550120 => Roe & Roe
"Jane Roe" <sip:+14155550120@x> => Roe & Roe
+14155550130 => 2 people
"Edgar Poe" <sip:+14155550130@x> => 2 people
4155550140 => 3 people
+14155550150 => +1 415 555 0150
hale => Nathan Hale
roe => 2 people
`,
};

export const CALLERS: Form = {
  name: 'Everything a PBX may send for a caller',
  encoding: 'utf-8',
  country: 'US',
  text: `
Name,Company,Phone,Mobile,Extension
Rosa Diaz,Ninth Dental,(212) 555-0171,917-555-0171,
Terry Reed,,1-888-735-3367,,204
Anonymous Bakery,,718-555-0199,,
`,
  pairs: `
sip:+12125550171@203.0.113.9:5060;user=phone => Rosa Diaz
sips:12125550171@pbx => Rosa Diaz
<sip:2125550171@pbx>;tag=as58f4 => Rosa Diaz
From: "DIAZ ROSA" <sip:+12125550171@pbx;user=phone>;tag=1 => Rosa Diaz
P-Asserted-Identity: <tel:+12125550171> => Rosa Diaz
"Diaz, Rosa" <tel:+1-212-555-0171> => Rosa Diaz
Diaz Rosa <+12125550171> => Rosa Diaz
“Diaz” <2125550171> => Rosa Diaz
'Someone Else' <2125550171> => Rosa Diaz
"O\\"Brien" <2125550171> => Rosa Diaz
Bob Smith 212 555 0171 => Rosa Diaz
Tel. (212) 555-0171 => Rosa Diaz
tel:+1(212)555-0171 => Rosa Diaz
callto:+12125550171 => Rosa Diaz
sip:%2B12125550171@pbx => Rosa Diaz
+1 212 555 0171 => Rosa Diaz
+1.212.555.0171 => Rosa Diaz
９１７５５５０１７１ => Rosa Diaz
tel:917-555-0171;phone-context=+1 => Rosa Diaz
1-888-REEDEMS => +1 888 733 3367
204 => Terry Reed
sip:204@pbx => Terry Reed
tel:204;phone-context=pbx.example.com => Terry Reed
"Boss" <sip:204@pbx> => Terry Reed
+204 => +204
0204 => 0204
911 => 911
*67 => *67
anonymous => Hidden number
Anonymous => Hidden number
"Anonymous" <sip:anonymous@anonymous.invalid> => Hidden number
"Restricted" <sip:restricted@gw> => Hidden number
"Private" <sip:unavailable@pbx> => Hidden number
"Dr. Who" <sip:anonymous@anonymous.invalid> => “Dr. Who” (says the caller)
"Rosa Diaz" <sip:anonymous@anonymous.invalid> => Hidden number
unknown => Hidden number
Unavailable => Hidden number
No Caller ID => Hidden number
"Anonymous" <+12125550171> => Rosa Diaz
"Anonymous" <+12125550172> => +1 212 555 0172
"2125550172" <+12125550172> => +1 212 555 0172
+17185550199 => Anonymous Bakery
anonymous bakery => Anonymous Bakery
sip:rosa@pbx.example.com => rosa@pbx.example.com
"Eve" <sip:eve@evil.example> => “Eve” (says the caller)
"Rosa Diaz" <sip:eve@evil.example> => eve@evil.example
"Diaz Rosa" <+13475550000> => +1 347 555 0000
"Róśa Díaz" <+13475550000> => +1 347 555 0000
diaz => Rosa Diaz
dental => Rosa Diaz
nobody of that name => 
`,
};
