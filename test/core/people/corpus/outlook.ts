import type { Form } from './form.ts';

export const OUTLOOK_GERMAN: Form = {
  name: 'Outlook in German, Windows-1252',
  encoding: 'windows-1252',
  lineEnd: '\r\n',
  country: 'DE',
  text: `
"Anrede","Vorname","Weitere Vornamen","Nachname","Suffix","Firma","Abteilung","Position","Straße geschäftlich","Ort geschäftlich","Postleitzahl geschäftlich","Telefon Assistent","Fax geschäftlich","Telefon geschäftlich","Telefon geschäftlich 2","Telefon Firma","Telefon privat","Mobiltelefon","E-Mail-Adresse","E-Mail: Angezeigter Name","Notizen"
"Frau","Anna","","Müller","","Groß & Söhne GmbH","Einkauf","","Hauptstraße 5","Köln","50667","+49 221 98765-11","+49 221 98765-99","+49 221 98765-42","","+49 221 98765-0","0221 4711223","0171 2345678","anna@example.com","Anna Müller (anna@example.com)","Ruft gern zurück, 0211 7654321
und montags"
"Herr","Jürgen","","Weiß","","Groß & Söhne GmbH","Vertrieb","","","","","","","+49 221 98765-43","","+49 221 98765-0","","+49 (0)160 1234567","","",""
"","","","","","Stadtwerke Köln","","","","","","","","(0221) 178-0","","","","","","",""
"Dr.","Sabine","Maria","Öztürk","","","","","","","","","","089/12345678","","","089/12345678","","","",""
"","Peter","","Öztürk","","","","","","","","","","","","","089/12345678","0049 151 23456789","","",""
`,
  pairs: `
+492219876542 => Anna Müller
0221 9876542 => Anna Müller
0049 221 98765 42 => Anna Müller
492219876542 => Anna Müller
sip:+492219876542@pbx.example.com => Anna Müller
"A. Müller" <sip:02219876542@pbx.example.com;user=phone> => Anna Müller
02214711223 => Anna Müller
+491712345678 => Anna Müller
"Amt 0171" <+49 171 2345678> => Anna Müller
+492219876599 => Anna Müller
+49 221 98765-0 => Groß & Söhne GmbH
0221987650 => Groß & Söhne GmbH
+492219876511 => Groß & Söhne GmbH
+4922198765123 => Groß & Söhne GmbH
tel:+49-221-98765-43 => Jürgen Weiß
+491601234567 => Jürgen Weiß
0160/1234567 => Jürgen Weiß
+492211780 => Stadtwerke Köln
+49221178555 => Stadtwerke Köln
0221 178 55 => Stadtwerke Köln
+498912345678 => 2 people
089 12345678 => 2 people
+4915123456789 => Peter Öztürk
02117654321 => +49 211 7654321
"Anna Müller" <+4940555123> => +49 40 555123
"Zahnarzt Ring" <+4940555123> => “Zahnarzt Ring” (says the caller)
+4922198764 => +49 221 98764
öztürk sabine => Sabine Maria Öztürk
groß einkauf => Anna Müller
`,
};

export const OUTLOOK_FRENCH: Form = {
  name: 'Outlook in French, semicolons, Windows-1252',
  encoding: 'windows-1252',
  lineEnd: '\r\n',
  country: 'FR',
  text: `
Titre;Prénom;Deuxième prénom;Nom;Suffixe;Société;Service;Rue (bureau);Ville (bureau);Code postal (bureau);Téléphone de l'assistant(e);Télécopie (bureau);Téléphone (bureau);Téléphone 2 (bureau);Téléphone société;Téléphone (domicile);Tél. mobile;Adresse de messagerie
M.;Rémi;;Lefèvre;;Ateliers du Nord;Achats;12 rue de la Paix;Lille;59000;03 20 11 22 33;03 20 11 22 99;03 20 11 22 34;;03 20 11 22 00;;06 12 34 56 78;remi@example.com
Mme;Zoé;;Garçon;;Ateliers du Nord;Ventes;;;;;;03.20.11.22.35;;03 20 11 22 00;01 44 55 66 77;+33 (0)7 98 76 54 32;
;;;;;Mairie de Lille;;;;;;;+33 3 20 49 50 00;;;;;
Mme;Chloé;;Dubois;;;;;;;;;;;;01 44 55 66 77;;
`,
  pairs: `
+33320112234 => Rémi Lefèvre
0320112234 => Rémi Lefèvre
0033320112234 => Rémi Lefèvre
33320112234 => Rémi Lefèvre
03 20 11 22 34 => Rémi Lefèvre
"LILLE" <sip:+33320112234@sbc> => Rémi Lefèvre
+33612345678 => Rémi Lefèvre
06.12.34.56.78 => Rémi Lefèvre
612345678 => Rémi Lefèvre
+33320112200 => Ateliers du Nord
0320112299 => Rémi Lefèvre
03 20 11 22 33 => +33 3 20 11 22 33
+33320112235 => Zoé Garçon
+33798765432 => Zoé Garçon
07 98 76 54 32 => Zoé Garçon
+33144556677 => 2 people
+33320495000 => Mairie de Lille
tel:+33-3-20-49-50-00 => Mairie de Lille
+33320495001 => +33 3 20 49 50 01
anonymous => Hidden number
"Inconnu" <sip:anonymous@anonymous.invalid> => Hidden number
"Rémi Lefèvre" <+33144000000> => +33 1 44 00 00 00
"Boulangerie" <+33144000000> => “Boulangerie” (says the caller)
lefevre => Rémi Lefèvre
garcon zoe => Zoé Garçon
`,
};

export const OUTLOOK_POLISH: Form = {
  name: 'Outlook in Polish, Windows-1250',
  encoding: 'windows-1250',
  lineEnd: '\r\n',
  country: 'PL',
  text: `
"Tytuł","Imię","Drugie imię","Nazwisko","Sufiks","Firma","Dział","Stanowisko","Ulica służbowa","Telefon asystenta","Faks służbowy","Telefon służbowy","Telefon służbowy 2","Główny telefon firmy","Telefon domowy","Telefon komórkowy","Adres e-mail"
"","Łukasz","","Żółkiewski","","Wrocławskie Zakłady","Księgowość","","","","","71 123 45 67","","71 123 45 00","","601 234 567","lukasz@example.com"
"","Małgorzata","","Śliwińska","","Wrocławskie Zakłady","","","","","","+48 71 123 45 68","","","","(+48) 602-345-678",""
"","","","","","Apteka pod Lwem","","","","","","0 22 826 00 11","","","","",""
`,
  pairs: `
+48711234567 => Łukasz Żółkiewski
711234567 => Łukasz Żółkiewski
0048711234567 => Łukasz Żółkiewski
48711234567 => Łukasz Żółkiewski
"Lukasz" <sip:+48711234567@pbx> => Łukasz Żółkiewski
601234567 => Łukasz Żółkiewski
+48 601 234 567 => Łukasz Żółkiewski
+48711234500 => Wrocławskie Zakłady
71 123 45 68 => Małgorzata Śliwińska
+48602345678 => Małgorzata Śliwińska
+48228260011 => Apteka pod Lwem
22 826 00 11 => Apteka pod Lwem
+48228260012 => +48 22 826 00 12
zolkiewski => Łukasz Żółkiewski
sliwinska malgorzata => Małgorzata Śliwińska
wrocławskie => 2 people
`,
};

export const OUTLOOK_RUSSIAN: Form = {
  name: 'Outlook in Russian, Windows-1251',
  encoding: 'windows-1251',
  lineEnd: '\r\n',
  country: 'RU',
  text: `
"Обращение","Имя","Отчество","Фамилия","Суффикс","Организация","Отдел","Должность","Улица (раб. адрес)","Телефон помощника","Рабочий факс","Рабочий телефон","Основной телефон организации","Домашний телефон","Телефон переносной","Адрес эл. почты"
"","Анна","","Смирнова","","ООО Ромашка","Закупки","","","","","8 (495) 123-45-67","8 (495) 123-45-00","","+7 916 123-45-67","anna@example.com"
"","Пётр","","Иванов","","ООО Ромашка","","","","","","8 (495) 123-45-68","","","8-903-765-43-21",""
"","","","","","Такси Пять","","","","","","8 800 555-35-35","","","",""
`,
  pairs: `
+74951234567 => Анна Смирнова
84951234567 => Анна Смирнова
74951234567 => Анна Смирнова
"Roga" <sip:+74951234567@sip.example> => Анна Смирнова
+79161234567 => Анна Смирнова
89161234567 => Анна Смирнова
+7 495 123-45-00 => ООО Ромашка
+74951234568 => Пётр Иванов
8 903 765 43 21 => Пётр Иванов
88005553535 => Такси Пять
+78005553535 => Такси Пять
+74951234569 => +7 495 123 45 69
иванов => Пётр Иванов
ромашка => 2 people
`,
};

export const OUTLOOK_JAPANESE: Form = {
  name: 'Outlook in Japanese, Shift JIS',
  encoding: 'shift_jis',
  lineEnd: '\r\n',
  country: 'JP',
  text: `
"敬称","名","ミドル ネーム","姓","会社名","部署","役職","番地 (会社)","市区町村 (会社)","秘書の電話","会社 FAX","会社電話","会社代表電話","自宅電話","携帯電話","電子メール アドレス"
"","花子","","山田","富士商事","営業部","課長","1-2-3","千代田区","","03-1234-5679","03-1234-5670","03-1234-5600","","090-1234-5678","hanako@example.com"
"","太郎","","鈴木","富士商事","総務部","","","","","","03-1234-5671","03-1234-5600","","080-8765-4321",""
`,
  pairs: `
+81312345670 => 山田 花子
0312345670 => 山田 花子
03-1234-5670 => 山田 花子
"Yamada" <sip:+81312345670@pbx> => 山田 花子
+819012345678 => 山田 花子
09012345678 => 山田 花子
+81312345600 => 富士商事
+81312345671 => 鈴木 太郎
08087654321 => 鈴木 太郎
+81312345699 => +81 3 1234 5699
山田 => 山田 花子
富士 => 2 people
`,
};
