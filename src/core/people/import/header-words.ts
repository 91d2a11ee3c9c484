/**
 * Words in column headers by their meaning, as Outlook, Google, Thunderbird and PBXs export them in many languages. In
 * lower case, without accents. `=words` matches a whole header, `\b` marks the end of a word, and any other text also
 * matches part of a word, because many languages join words ("Mobiltelefonnummer", "会社電話").
 */
const SAYS = {
  mail: `(?<!voice)mail (?<!voic)email gmail e-post epost e_post eposta e-posta correo (?<!radio)messagerie courriel posta.elettronica почт(?!ов) пошт(?!ов) 電子郵件 电子邮件
    電子メール メール 전자.메일 이메일 sahkoposti البريد בריד דואר ηλεκτρονικ electroni elektron`,
  /** Somebody else's number or name. */
  others: `assistant asst assistent assistenz asistent asystent assistente assistante ayudante avustaj sekret secretar segretar segreteria(?!.telefonica) titkar yardimci помощник
    помічник 助理 秘書 비서 manager boss\\b vorgesetzt responsab leidinggevend przelozon chef руководител nadrizen jefe gestor
    supervisor deputy stellvertret vertretung vorzimmer backup substitute
    spouse (?<!ansprech|geschafts|vertrags|handels|gesprachs|business.)partner conjoint conyuge conjuge coniuge echtgeno malzonek manzel супруг 配偶 배우자 ehefrau ehemann
    wife\\b husband (?<!p)referred empfohlen emergenc notfall urgence urgencia emergenz noodcontact noodgeval noodnummer nodnummer
    nodkontakt wypadku 緊急 紧急 비상 экстренн ice\\b next.of.kin angehorig
    mother mutter mum\\b mom\\b mama\\b maman\\b dad\\b papa\\b babysitter nanny\\b neighbo nachbar madre \\bmere\\b mae\\b father \\bvater padre \\bpere\\b pai\\b \\bparent genitor
    \\beltern guardian vormund sorgeberecht erziehungsb tutor tuteur daughter tochter brother bruder sister schwester children
    sibling grandparent grosseltern großeltern caregiver familienangeh
    sohn\\b oma\\b opa\\b frau\\b mann\\b ehegatt hausarzt family.doctor physician
    son\\b grandpa grandma granny\\b grandfather grandmother grandson granddaughter grossvat grossmut großvat großmut uncle aunt\\b auntie onkel \\btante\\b
    nephew niece\\b neffe\\b nichte cousin enkel(?:in)?\\b kinder\\b schwieger schwager schwagerin in.law friend\\b girlfriend boyfriend freund(?:in)?\\b
    fiance verlobt mari\\b epoux epouse\\b femme\\b fils\\b fille\\b \\bfrere\\b soeur oncle\\b neveu copain copine amie?\\b
    marido mujer\\b esposa esposo hijo\\b hija\\b hermano hermana abuelo abuela tio\\b tia\\b novio\\b novia\\b moglie marito figlio figlia fratello
    sorella nonno\\b nonna\\b zio\\b zia\\b fidanzat filho\\b filha\\b irmao\\b irma\\b namorad vrouw\\b zoon\\b dochter broer\\b zus\\b vriend(?:in)?\\b
    zona\\b syn\\b corka brat\\b siostra babcia dziadek
    roommate flatmate housemate mitbewohn colocataire coworker co.worker colleague kolleg colleg`,
  /** Somebody with another task, whose number it can still be if nobody else is named. */
  role: `teacher lehrer referee reference doctor \\barzt arztin medecin \\bvet\\b tierarzt veterinar dentist zahnarzt landlord vermieter lawyer attorney solicitor anwalt notar
    avocat abogad avvocat advogad accountant steuerberat \\bbank insur versicher assurance \\brep\\b betreuer vertreter verwalter prevenir reports.to`,
  /** A part of a company, or another company. */
  service: `agent vendor supplier lieferant fournisseur proveedor fornitor leverancier support dispatch deliver shipping liefer versand owner eigentumer`,
  /** The number of the user in a list of calls. */
  own: `eigene own.number own.phone my.number my.phone meine? called.num called.phone called.party dialed.num dialled.num gewahlte angerufene zielrufnummer
    mon.numero numero.appele numero.propio mi.numero numero.llamado numero.chiamato numero.proprio mio.numero eigen.nummer gebeld numero.chamado meu.numero`,
  /** Columns that neither identify a person nor contain a number. */
  else: `=title =titel =titulo =titre =titolo =titul =tytul job.title jobtitle position befattning stilling stanowisko funktion funkcja
    puesto cargo fonction функц должность посада 職務 职务 役職 肩書 職稱 직함 unvan beosztas
    address adres indirizzo direccion endereco osoite cim\\b straße strasse street rue\\b calle\\b via\\b ulica ulice rua\\b straat vej\\b gatu
    улица вулиц адрес город місто город место страна индекс область 街 住所 番地 地址 城市 國家 国家 市\\b 郵 邮政 邮编 주소 우편 도시
    city ort\\b ville ciudad citta cidade plaats miasto mesto stad\\b state\\b bundesland kanton province provinc provincia region land\\b
    zip post plz code\\b codice codigo postnr kod\\b psc\\b cap\\b country pays\\b pais paese kraj\\b zeme land/region
    birthday geburtstag naissance cumplean compleanno verjaardag urodzin narozen рожд 生日 誕生 생일 anniversary jahrestag jubile
    yomi furigana フリガナ phonetic 拼音 prefix suffix suffis sufijo sufixo sufiks pripona achtervoeg суффикс 后缀 敬称 anrede salutation
    tratamiento aanhef обращение 称谓 稱謂 initial iniciales note\\b notes notiz notas opmerking notatk poznamk remark comment bemerkung
    beschreibung description замет примеч 备注 備註 メモ 메모 web url\\b homepage site\\b website seite\\b pagina strona стран 网页 網頁
    categor kategor categoria labels\\b label$ =tags =tag group grupp groep grup\\b группа 组 群組 phonebook photo foto avatar picture image bild
    password passwort secret pin\\b token credential mac\\b provision device instance user\\d benutzer\\d account konto cuenta conto
    language sprache langue idioma lingua taal jezyk язык priority prioritat sensitivity vertraul private\\b privat$ gender geschlecht
    hobby billing abrechnung mileage organisationsnr organizational.id government.id regierungsnr internet.free location buro$ bureau$ office.location
    screen.name messenger im\\b icq skype jabber chat custom\\d custom\\b birth created modified changed date\\b datum fecha id$ uid\\b guid
    outbound caller.id callerid enabled enable record voicemail queue permission role\\b type$ typ$ art$ tipo$ 種類 类型 類型 유형`,
  fax: `fax faks telecop telekop facsim факс 傳真 传真 팩스 ファックス ファクス φαξ פקס فاكس`,
  mobile: `(?<!im|auto|wohn|loko)mobil(?!itat|ity|iar|heim) mobiel (?<!auto)movil mob\\b cell cel\\b celular cellular handy(?!man) gsm natel portable telemovel komork matkapuh mobit cep\\b
    мобил мобіль сотов переносн стільник 携帯 手机 手機 行動 移动 휴대 핸드폰 κινητ נייד محمول جوال نقال`,
  home: `home privat domicile casa particular residenc abitazione ab\\b thuis domow domov domu hem\\b koti otthon ev\\b дом
    自宅 住宅 住家 집 σπιτ בית منزل personal personnel hjem`,
  phone: `phone telef tel\\b fone fon\\b rufnummer rufnr ruf.?nr \\bruf\\b \\banschluss puhelin telephon phn\\b
    тел 電話 电话 전화 τηλεφων טלפון هاتف callback pager isdn festnetz stacjonar =fixe =fijo =fixo =fisso =landline =fixnetz =festnetz 代表線 代表线 centralita centralino switchboard durchwahl ddi\\b did\\b whats.?app hotline zentrale tlf\\b telf\\b =tf =fest
    =ph =ph.no =vast.nummer vaste.lijn doorkies =direct direct.line direct.dial direct.number work.direct ligne.directe linea.directa linha.direta direktwahl direktnummer landline`,
  work: `work busin gesch dienst buro bureau trabajo lavoro uff comerc profession werk sluzb prac arbe tyo hivatal is\\b раб служ
    商務 商务 勤務 근무 εργασ עבודה عمل office zamestn job`,
  main: `main haupt princip zentrale centr hoofd glown hlavn primar основн 代表 대표 vaxel switchboard hoved`,
  extension: `extension nebenstelle durchwahl =intern =interno =interne tel.interno anexo ramal wewn toestel anknytn klapka linka доб внутр 内線 分机 分機 내선
    n.de.poste numero.de.poste lokalnummer lokalnr =ext =nst =nbst =dw =klappe 內線 =user.extension =short`,
  company: `company firm organiz organis societ empresa compan azienda bedrijf spolecnost spolocnost ettevot foretag yritys ceg\\b
    sirket virksomhed компан организац фирм організац 会社 公司 单位 單位 회사 근무처.이름 εταιρ חברה شركة unternehmen business.name
    =kunde =customer =client =cliente =klient =account.name employer arbeitgeber institution society raison.sociale razon.social ragione.sociale`,
  department: `depart dept abteil service$ reparto afdeling avdel dzial oddel osasto отдел підрозділ відділ 部署 部門 部门 부서 τμημ מחלקה bolum osztaly kostenstelle
    oddzial`,
  nickname: `nickname spitzname surnom apodo soprannome bijnaam przydomek prezdivka 暱稱 昵称 ニックネーム`,
  display: `display anzeigename anzeige.name full.name fullname vollstandiger nom.complet nombre.completo nome.completo volledige.naam
    visualizzato en.pantalla exib afficher weergave file.as speichern.unter visnings nayttonimi naytettava отображ 표시 表示名 顯示名 显示名
    =name =nom.et.prenom =kontakt =contact =contact.name =kontaktname =ansprechpartner =callername =caller.name =person =imie.i.nazwisko =naam =jmeno.a.prijmeni
    =namn =nimi =navn =姓名 =氏名 =名前 =이름/성 =фио =имя.контакта =bezeichnung =nombre.y.apellidos =nev =ad.soyad =label =eintrag =description.name
    =kundenname =name.des.kunden =customer.name =client.name =klantnaam =客户名称 =客户姓名 =employee.name =employee =mitarbeiter =mitarbeitername =person.name
    =member.name =contact.person =kontaktperson =teilnehmer =teilnehmername =nom.du.contact =interlocuteur =nombre.del.contacto =persona.de.contacto =contatto
    =referente =nominativo =osoba.kontaktowa =contactpersoon =kontaktni.osoba =yhteyshenkilo =contato =pessoa.de.contato =fullstandigt.namn =fulde.navn
    =お名前 =担当者 =担当者名 =联系人 =聯絡人 =담당자 =контактное.лицо =контакт =cn`,
  first: `first.name firstname forename given.name givenname vorname prenom primer.nombre primeiro.nome nome.proprio voornaam imie krestni
    fornamn fornavn etunimi eesnimi kereszt utonev =imie =ad =adi =имя =имʼя =ім.я =名 =名字 =이름 =nombre =nome =ονομα =jmeno =meno =eigennaam
    krstne שם.פרטי الاسم.الأول =fname =first`,
  middle: `middle additional.name weitere.vornamen deuxieme segundo.nombre segundo.nome secondo.nome middelste tussenv drugie.imie dalsi mellannamn
    mellemnavn mellomnavn toinen kozepso ikinci отчество 中间名 中間名 ミドル 중간`,
  last: `last.name lastname surname family.name familyname nachname familienname zuname =nom nom.de.famille apellido sobrenome cognome achternaam nazwisko prijmeni
    priezvisko efternamn efternavn etternavn sukunimi perekonnanimi vezetek csalad soyad фамили прізвищ =姓 =姓氏 =성 =sn επωνυμο שם.משפחה اسم.العائلة =lname
    =last ultimo.nome`,
} as const;

export type HeaderSays = keyof typeof SAYS;

const PLAIN: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ı: 'i' };

/** In lower case, without accents, and with plain letters for ł, ø, đ and ı. */
const foldLetters = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[łøđı]/gu, (letter) => PLAIN[letter] ?? letter);

/** Short words, which could be part of any other word, match only at the beginning of a word. */
const SHORT = /^[a-z.]{1,4}(?:\\b|$)|^(?:post|casa|note|ruf|raб|дом|раб|тел|main|home|work|job|city|zip|other)/;

const patterns = new Map(
  Object.entries(SAYS).map(([says, words]) => [
    says,
    new RegExp(words.trim().split(/\s+/u).map(patternOf).join('|'), 'u'),
  ]),
);

function patternOf(word: string): string {
  const text = foldLetters(word).replaceAll('.', '.?');
  return text.startsWith('=') ? `^${text.slice(1)}(?: ?[0-9])?$` : SHORT.test(word) ? `(?<![\\p{L}])${text}` : text;
}

/** True if a folded header (see foldHeader) has this meaning. */
export const says = (header: string, what: HeaderSays): boolean => patterns.get(what)?.test(header) === true;

/** DATEV has a column of names for each sort of address. */
const DATEV_COMPANY = /^name adressattyp unternehmen$/;
const DATEV_PERSON = / adressattyp naturl? ?\.? ?person$/;

/** "E-mail 1 - Value" -> "e-mail 1 value", "FirstName2" -> "first name 2", "DDINumber" -> "ddi number". */
export const foldHeader = (header: string): string =>
  foldLetters(
    header
      .replace(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu}{2})(?=\p{Lu}\p{Ll}{3})/gu, ' ')
      .replace(/(?<=\p{L})(?=[0-9])/gu, ' '),
  )
    .replace(/[^\p{L}\p{N}/@-]+/gu, ' ')
    .replaceAll(' - ', ' ')
    .trim()
    .replace(DATEV_COMPANY, 'firma')
    .replace(DATEV_PERSON, '');
