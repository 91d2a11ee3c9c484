import type { Form } from './form.ts';

export const GOOGLE_OLD: Form = {
  name: "Google's older columns, several values in one field",
  encoding: 'utf-8',
  country: 'US',
  text: `
Name,Given Name,Additional Name,Family Name,Yomi Name,Name Prefix,Name Suffix,Nickname,Birthday,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,Organization 1 - Department
Grace Lindqvist,Grace,,Lindqvist,,,,,,"Old number 202-555-0199",* myContacts,* Work,grace@example.com,Work,(202) 555-0143,Mobile,202-555-0144 ::: 202-555-0145,,Hopper Labs,Engineer,Research
Sam O'Neil,Sam,,O'Neil,,,,,,,* myContacts,,,Work,+1 202-555-0150 ext. 12,,,,Hopper Labs,,
Ida Tarbell,Ida,,Tarbell,,,,,,,* myContacts,,,Work,+1 202-555-0150 x13,,,,Hopper Labs,,
,,,,,,,,,,* myContacts,,,Main,1-800-555-0100,,,,Acme Freight,,
Mom,Mom,,,,,,,,,* myContacts,,,Home,202.555.0161,,,,,,
Dad,Dad,,,,,,,,,* myContacts,,,Home,(202) 555-0161,Work Fax,202-555-0162,,,,
`,
  pairs: `
+12025550143 => Grace Lindqvist
2025550143 => Grace Lindqvist
12025550143 => Grace Lindqvist
(202) 555-0143 => Grace Lindqvist
1-202-555-0143 => Grace Lindqvist
0112025550143 => +20 2 5550143
"WIRELESS CALLER" <sip:2025550143@gw> => Grace Lindqvist
+12025550144 => Grace Lindqvist
2025550145 => Grace Lindqvist
+12025550199 => +1 202 555 0199
5550143 => 5550143
+12025550150;ext=12 => Sam O'Neil
tel:+1-202-555-0150;ext=13 => Ida Tarbell
+1 202 555 0150 x12 => Sam O'Neil
202-555-0150 ext 13 => Ida Tarbell
+12025550150 => Hopper Labs
2025550150 => Hopper Labs
+12025550150;ext=99 => Hopper Labs
+18005550100 => Acme Freight
8005550100 => Acme Freight
+12025550161 => 2 people
+12025550162 => Dad
"Grace Lindqvist" <sip:+19175550111@x> => +1 917 555 0111
"NEW YORK NY" <sip:+19175550111@x> => “NEW YORK NY” (says the caller)
Private Number => Hidden number
lindqvist => Grace Lindqvist
grace research => Grace Lindqvist
gl => Grace Lindqvist
hopper => 3 people
`,
};

export const GOOGLE_NEW: Form = {
  name: "Google's newer columns, with labels",
  encoding: 'utf-8',
  country: 'GB',
  text: `
First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value
Nadia,,Petrova,,,,,,,,Harbour Freight,,Dispatch,,,,* myContacts,* ,nadia@example.com,Work,020 7946 0321,Mobile,07700 900123
Tom,,Baker,,,,,,,,Harbour Freight,,,,,,* myContacts,,,Work,+44 (0)20 7946 0322,Work Fax,+44 20 7946 0399
Ann,,Baker,,,,,,,,,,,,,,* myContacts,,,Home,+44 020 7946 0500,Mobile,+447700900456
Tom,,Baker,,,,,,,,,,,,,,* friends,,,Mobile,+44 7700 900789,,
,,,,,,,,,,The Crown Inn,,,,,,* myContacts,,,Main,01632 960 001,,
`,
  pairs: `
+442079460321 => Nadia Petrova
02079460321 => Nadia Petrova
00442079460321 => Nadia Petrova
442079460321 => Nadia Petrova
020 7946 0321 => Nadia Petrova
"N PETROVA" <sip:+442079460321@trunk.example.net;user=phone> => Nadia Petrova
07700900123 => Nadia Petrova
+44 7700 900123 => Nadia Petrova
+442079460322 => Tom Baker
020 7946 0399 => Tom Baker
+442079460500 => Ann Baker
02079460500 => Ann Baker
07700 900456 => Ann Baker
+447700900789 => Tom Baker
+441632960001 => The Crown Inn
01632960001 => The Crown Inn
+441632960002 => +44 1632 960002
112 => 112
999 => 999
"Tom Baker" <+441632960002> => +44 1632 960002
"Crown" <+441632960002> => “Crown” (says the caller)
withheld => Hidden number
unavailable => Hidden number
petrova => Nadia Petrova
baker => 2 people
tom baker => Tom Baker
`,
};

export const OUTLOOK_CSV_UTF16: Form = {
  name: "Outlook's columns in UTF-16, tab-separated, as a spreadsheet saves Unicode text",
  encoding: 'utf-16le',
  lineEnd: '\r\n',
  country: 'US',
  text: `
First Name\tLast Name\tCompany\tDepartment\tBusiness Phone\tBusiness Phone 2\tCompany Main Phone\tHome Phone\tMobile Phone\tAssistant's Phone\tOther Phone\tPager\tE-mail Address
Zoë\tÅkesson\tNordic Imports\tSales\t(312) 555-0170\t\t(312) 555-0100\t\t312-555-0171\t(312) 555-0199\t\t\tzoe@example.com
李\t王\tNordic Imports\t\t+86 138 0013 8000\t\t(312) 555-0100\t\t\t\t\t\t
Joe\tPublic\t\t\t\t\t\t3125550188\t\t\t\t\t
`,
  pairs: `
+13125550170 => Zoë Åkesson
3125550170 => Zoë Åkesson
1 312 555 0170 => Zoë Åkesson
+13125550171 => Zoë Åkesson
+13125550199 => +1 312 555 0199
+13125550100 => Nordic Imports
3125550100 => Nordic Imports
+8613800138000 => 王李
0118613800138000 => 王李
8613800138000 => 王李
+13125550188 => Joe Public
13125550188 => Joe Public
555-0188 => 5550188
akesson => Zoë Åkesson
aakesson => Zoë Åkesson
public joe => Joe Public
王 => 王李
nordic sales => Zoë Åkesson
`,
};

export const THUNDERBIRD: Form = {
  name: 'Thunderbird in English, comma-separated',
  encoding: 'utf-8',
  country: 'CH',
  text: `
First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home City,Home ZipCode,Work Address,Work City,Job Title,Department,Organization,Web Page 1,Birth Year,Custom 1,Notes
Reto,Ammann,Reto Ammann,,reto@example.com,,,044 555 12 34,,044 555 12 99,,079 555 12 34,,,,Bahnhofstrasse 1,Zürich,,Technik,Alpenrad AG,,,,
Ursina,Caflisch,Caflisch Ursina,,ursina@example.com,,,+41 (0)44 555 12 35,,044 555 12 99,,,,,,,,,,Alpenrad AG,,,,
,,info@example.com,,info@example.com,,,,081 555 00 11,,,,,,,,,,,,,,,
`,
  pairs: `
+41445551234 => Reto Ammann
0445551234 => Reto Ammann
0041445551234 => Reto Ammann
41445551234 => Reto Ammann
0795551234 => Reto Ammann
+41 79 555 12 34 => Reto Ammann
"Reto" <sip:0795551234@pbx> => Reto Ammann
+41445551235 => Caflisch Ursina
044 555 12 35 => Caflisch Ursina
+41445551299 => Alpenrad AG
0815550011 => info@example.com
+41815550012 => +41 81 555 00 12
8000 => 8000
ammann => Reto Ammann
technik => Reto Ammann
ursina caflisch => Caflisch Ursina
`,
};

export const THUNDERBIRD_GERMAN: Form = {
  name: 'Thunderbird in German, semicolons, UTF-8 with BOM',
  encoding: 'utf-8 with BOM',
  lineEnd: '\r\n',
  country: 'AT',
  text: `
Vorname;Nachname;Anzeigename;Spitzname;Primäre E-Mail-Adresse;Sekundäre E-Mail-Adresse;Messenger-Name;Tel. dienstlich;Tel. privat;Fax-Nummer;Pager-Nummer;Mobil-Tel.-Nr.;Adresse privat;Ort privat;PLZ privat;Arbeitstitel;Abteilung;Organisation;Webseite 1;Notizen
Leni;Gruber;Leni Gruber;;leni@example.com;;;+43 1 58858-123;;+43 1 58858-999;;0664 1234567;Ring 1;Wien;1010;;Labor;Donau Analytik;;
Max;Gruber;Max Gruber;;;;;+43 1 58858-124;01 5551234;;;;;;;;;Donau Analytik;;
;;Donau Analytik;;;;;+43 1 58858-0;;;;;;;;;;Donau Analytik;;
`,
  pairs: `
+43158858123 => Leni Gruber
0158858123 => Leni Gruber
0043158858123 => Leni Gruber
+436641234567 => Leni Gruber
0664/1234567 => Leni Gruber
0664 1234567 => Leni Gruber
+43158858999 => Leni Gruber
+43158858124 => Max Gruber
01 5551234 => Max Gruber
+4315551234 => Max Gruber
+431588580 => Donau Analytik
+43158858777 => Donau Analytik
01 58858 777 => Donau Analytik
+43158857 => +43 1 58857
gruber => 2 people
labor => Leni Gruber
leni => Leni Gruber
`,
};
