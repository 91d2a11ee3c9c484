import type { Form } from './form.ts';

export const THREE_CX: Form = {
  name: 'Contacts of 3CX',
  encoding: 'utf-8',
  country: 'US',
  text: `
FirstName,LastName,Company,Mobile,Mobile2,Home,Home2,Business,Business2,Email,Other,BusinessFax,HomeFax,Pager
Maria,Lopez,Maple Joinery,12015550123,,,,2015550124,,maria@example.com,,2015550129,,
Ken,Lopez,Maple Joinery,,,,,2015550124,,,,,,
,,Kelly's Diner,,,,,+1 (201) 555-0155,,,,,,
Front,Desk,,,,,,1008,,,,,,
`,
  pairs: `
+12015550123 => Maria Lopez
2015550123 => Maria Lopez
12015550123 => Maria Lopez
1-201-555-0123 => Maria Lopez
"MAPLE" <sip:+12015550123@pbx> => Maria Lopez
+12015550124 => Maple Joinery
2015550124 => Maple Joinery
+12015550129 => Maria Lopez
+12015550155 => Kelly's Diner
"KELLYS DINER" <2015550155> => Kelly's Diner
1008 => Front Desk
sip:1008@pbx.example.com => Front Desk
<sip:1008@192.0.2.10:5060;transport=udp>;tag=8f2 => Front Desk
10080 => 10080
+11008 => +11008
8 => 8
+12015550100 => +1 201 555 0100
restricted => Hidden number
lopez => 2 people
diner => Kelly's Diner
ken => Ken Lopez
`,
};

export const YEASTAR: Form = {
  name: 'Contacts of Yeastar, UTF-8 with BOM',
  encoding: 'utf-8 with BOM',
  lineEnd: '\r\n',
  country: 'MX',
  text: `
First Name,Last Name,Company Name,Email,Business Number,Business Number 2,Business Fax,Mobile,Mobile 2,Home,Home 2,Home Fax,Other,ZIP Code,Street,City,State,Country,Remark,Phonebook
José,Hernández,Cerámica del Valle,jose@example.com,55 1234 5678,,,+52 1 55 8765 4321,,,,,,01000,Reforma 1,CDMX,,México,,Clientes
Lucía,Gómez,Cerámica del Valle,,(33) 3456 7890,,,044 33 1234 5678,,,,,,,,,,,,
Taller,,,,01 81 8345 6789,,,,,,,,,,,,,,,
`,
  pairs: `
+525512345678 => José Hernández
5512345678 => José Hernández
525512345678 => José Hernández
0052 55 1234 5678 => José Hernández
+52 1 55 1234 5678 => José Hernández
+525587654321 => José Hernández
+5215587654321 => José Hernández
5587654321 => José Hernández
"Ceramica" <sip:+5215587654321@pbx> => José Hernández
+523334567890 => Lucía Gómez
3334567890 => Lucía Gómez
+523312345678 => Lucía Gómez
+5213312345678 => Lucía Gómez
+528183456789 => Taller
8183456789 => Taller
+528183456780 => +52 81 8345 6780
hernandez => José Hernández
ceramica => 2 people
gomez lucia => Lucía Gómez
`,
};

export const PORTSIP_USERS: Form = {
  name: 'Users of PortSIP, with their passwords',
  encoding: 'utf-8',
  country: 'DE',
  text: `
name,enabled,password,extension_number,extension_password,email,display_name,mobile_phone,work_phone,home_phone,enable_audio_recording,enable_dnd,office_hours,outbound_caller_ids
aberg,TRUE,Geheim12345678,101,Pw9876543,anna@example.com,Anna Berg,+4917112345671,,,FALSE,FALSE,"{""mode"":""GLOBAL""}",+4930555100
bchen,TRUE,Geheim22345678,102,Pw8876543,bo@example.com,Bo Chen,,+49 30 555 102,,FALSE,FALSE,"{""mode"":""GLOBAL""}",+4930555100
reception,TRUE,x,100,y,,Reception,,,,FALSE,FALSE,,+4930555100
noname,TRUE,x,103,y,,,,,,FALSE,FALSE,,
`,
  pairs: `
101 => Anna Berg
sip:101@demo.example => Anna Berg
"Bo Chen" <sip:101@demo.example> => Anna Berg
<sip:102@demo.example;transport=tls> => Bo Chen
102 => Bo Chen
100 => Reception
103 => 103
104 => 104
+4917112345671 => Anna Berg
01711234567 1 => Anna Berg
+4930555102 => Bo Chen
030 555 102 => Bo Chen
+4930555100 => +49 30 555100
12345678 => 12345678
9876543 => 9876543
"Anna Berg" <sip:+4930111222@trunk> => +49 30 111222
1010 => 1010
0101 => 0101
+49101 => +49101
*97 => *97
berg => Anna Berg
chen bo => Bo Chen
`,
};

export const PORTSIP_CONTACTS: Form = {
  name: 'Company contacts of PortSIP',
  encoding: 'utf-8',
  country: 'IT',
  text: `
name,email,company,title,business,business2,mobile_phone,mobile_phone2,home_phone,home_phone2,other,business_fax,home_fax,address,notes
Giulia Conti,giulia@example.com,Officine Conti,,06 1234 5678,,+39 347 1234567,,,,,,,"Via Roma 1, Roma",
Marco Conti,,Officine Conti,,+39 (0)6 1234 5679,,3471234568,,,,,,,,
Farmacia Centrale,,Farmacia Centrale,,02 8765432,,,,,,,,,,
Paolo Neri,,,,0039 055 123456,,,,,,,,,,
`,
  pairs: `
+390612345678 => Giulia Conti
0612345678 => Giulia Conti
00390612345678 => Giulia Conti
390612345678 => Giulia Conti
+39 06 1234 5678 => Giulia Conti
+39612345678 => +39 612345678
612345678 => +39 612345678
+393471234567 => Giulia Conti
347 123 4567 => Giulia Conti
0347 1234567 => +39 0347 123 4567
+390612345679 => Marco Conti
06 1234 5679 => Marco Conti
+393471234568 => Marco Conti
+39028765432 => Farmacia Centrale
028765432 => Farmacia Centrale
+39055123456 => Paolo Neri
055123456 => Paolo Neri
"Paolo Neri" <sip:+39028765433@x> => +39 02 876 5433
unknown => Hidden number
conti => 2 people
giulia => Giulia Conti
farmacia => Farmacia Centrale
`,
};

export const YEASTAR_EXTENSIONS: Form = {
  name: 'Extensions of Yeastar and of 3CX, of two to five digits',
  encoding: 'utf-8',
  country: 'GB',
  text: `
Extension,Registration Name,Registration Password,First Name,Last Name,Caller ID,Caller ID Name,Email Address,Mobile Number
12,12,secret,Ada,Byron,,,ada@example.com,07700 900111
1200,1200,secret,Mary,Somerville,,,mary@example.com,
12000,12000,secret,Caroline,Herschel,442079460200,,caroline@example.com,
999,999,secret,Duty,Desk,,,,
`,
  pairs: `
12 => Ada Byron
sip:12@pbx => Ada Byron
1200 => Mary Somerville
12000 => Caroline Herschel
120 => 120
999 => Duty Desk
112 => 112
+442079460200 => +44 20 7946 0200
+447700900111 => Ada Byron
07700900111 => Ada Byron
"Mary" <sip:12@pbx> => Ada Byron
byron => Ada Byron
herschel => Caroline Herschel
`,
};
