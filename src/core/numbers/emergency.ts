import { DEFAULT_EXTENSIONS } from '../../shared/dial-rules.ts';

/**
 * Emergency numbers other than 112 and 911 (police, fire, ambulance, coast guard), by country (ISO 3166-1 alpha-2).
 * Source: libphonenumber's short-number metadata, with a few national numbers added; `npm run numbers:check` compares
 * the two.
 */
const NUMBERS: readonly (readonly [numbers: string, countries: string])[] = [
  ['000', 'CC CX'],
  ['000 106', 'AU'],
  ['000 110 111', 'PG'],
  ['001 002 003 01 02 03 050', 'UZ'],
  ['01 011 02 022 03 033 101 102 103', 'LT'],
  ['01 02 03', 'TM'],
  ['01 02 03 101 102 103 104', 'RU'],
  ['01 02 03 110 113', 'LV'],
  ['011 022 033 111 113 122', 'GE'],
  ['019 999', 'SL'],
  ['060 065 066 068 080', 'MX'],
  ['061 062 080 085 088 091 092', 'ES'],
  ['100', 'AW'],
  ['100 101', 'BE'],
  ['100 101 102', 'IL PS'],
  ['100 101 102 103', 'NP'],
  ['100 101 102 103 105', 'MN'],
  ['100 101 102 108 1091 1098 1298 2611', 'IN'],
  ['100 101 102 199 999', 'BD'],
  ['100 101 107', 'AR'],
  ['100 102 119', 'AF'],
  ['100 104 115 122', 'IQ'],
  ['100 166 199', 'GR'],
  ['101 102', 'EC'],
  ['101 102 103', 'AM AZ KG TJ'],
  ['101 102 103 104', 'BY UA'],
  ['101 102 103 104 109', 'KZ'],
  ['10111', 'NA'],
  ['10111 10177', 'ZA'],
  ['102 118 119', 'MV'],
  ['104 105 106', 'CU'],
  ['104 105 107', 'HU'],
  ['105 106 116 117', 'PE'],
  ['110', 'DE EE'],
  ['110 111', 'NR'],
  ['110 111 114 115 999', 'TZ'],
  ['110 111 170 180', 'CI'],
  ['110 113', 'BT NO SJ SY'],
  ['110 113 118 119', 'ID'],
  ['110 115 125', 'IR'],
  ['110 116 118', 'AD'],
  ['110 116 118 119', 'LK'],
  ['110 118 119', 'BO JP'],
  ['110 119', 'JM TW'],
  ['110 119 120', 'CN'],
  ['110 119 122', 'KR'],
  ['110 120 123', 'GT'],
  ['110 155 156 177', 'TR'],
  ['111', 'NZ RW'],
  ['1122 115 15 16', 'PK'],
  ['113', 'LU SI'],
  ['113 114 115', 'VN'],
  ['113 114 116', 'ER'],
  ['113 114 118 177 188', 'CD'],
  ['113 115', 'AO'],
  ['113 115 117 118', 'IT'],
  ['113 115 118', 'SM VA'],
  ['113 117', 'BI'],
  ['113 117 118', 'GW'],
  ['113 117 13 17', 'CM'],
  ['114', 'DK FO'],
  ['114 115 119 15 17 18 196', 'FR'],
  ['114 115 995 999', 'MU'],
  ['114 116 117 118', 'BJ'],
  ['114 118', 'HT'],
  ['114 999', 'KE'],
  ['115', 'PT SR TL'],
  ['115 117', 'LS'],
  ['115 118 120 128', 'NI'],
  ['116 117 118 16 17 18', 'GM'],
  ['117', 'PH'],
  ['117 118', 'CG'],
  ['117 118 119 666', 'KH'],
  ['117 118 1220', 'CF'],
  ['117 118 1414 144', 'CH'],
  ['117 118 144', 'LI'],
  ['117 118 17 18', 'MG'],
  ['117 118 171 172 177', 'TG'],
  ['117 119 197 198', 'MZ'],
  ['118 15 17 18', 'NE'],
  ['119 123 132 156', 'CO'],
  ['119 819', 'KP'],
  ['122 123 124', 'BA ME'],
  ['122 123 180', 'EG'],
  ['122 133 144', 'AT'],
  ['127 128 129', 'AL'],
  ['128', 'PY UY'],
  ['128 180 190 191 192 193 194 199', 'BR'],
  ['130 131 132', 'CV'],
  ['1300 1730 18', 'GA'],
  ['131 132 133', 'CL'],
  ['14 17', 'DZ'],
  ['140 175 999', 'LB'],
  ['1444 9999', 'OM'],
  ['15', 'YT'],
  ['15 16 17 18', 'NC'],
  ['15 17 18', 'GF GP MC MF ML MQ PF PM RE WF'],
  ['15 177 19', 'EH MA'],
  ['150 151 152 153 154 155 156 157 158 159', 'CZ'],
  ['150 155 158', 'SK'],
  ['150 160 166', 'BG'],
  ['1669 191 199', 'TH'],
  ['17 18', 'BF DJ KM MR SN TD'],
  ['171', 'VE'],
  ['18', 'BL'],
  ['190 191 193', 'LY'],
  ['190 191 195', 'LA'],
  ['190 197 198', 'TN'],
  ['190 199', 'GI'],
  ['191 192 193 999', 'GH'],
  ['191 192 197', 'JO'],
  ['191 194 195 199', 'YE'],
  ['192 193 194', 'MK XK'],
  ['192 193 194 195 992 993 994', 'KI'],
  ['192 193 194 93 94', 'HR'],
  ['199', 'CY HN MM NG'],
  ['199 997 998 999', 'MW'],
  ['199 999', 'BH'],
  ['211 311 511', 'BB'],
  ['333 999', 'DM KN'],
  ['355', 'LR'],
  ['555 888 999', 'SO'],
  ['90 990', 'BZ'],
  ['901 902 903', 'MD'],
  ['91 92 93 939 991 997', 'ET'],
  ['912 913', 'GY'],
  ['913', 'SV'],
  ['917', 'FJ'],
  ['919', 'BS SX'],
  ['92 93 94', 'RS'],
  ['922 933 999', 'TO'],
  ['955 977', 'NF'],
  ['990 999', 'TT'],
  ['991 993 995', 'BN'],
  ['991 993 999', 'ZM'],
  ['992 999', 'HK'],
  ['993 994 995 999', 'ZW'],
  ['993 995 999', 'SG'],
  ['994 995 996 999', 'WS'],
  ['996 997 998 999', 'SA'],
  ['996 998 999', 'CK'],
  ['997 998 999', 'AE BW PL'],
  ['999', 'AC AG FK GB GG IE IM JE LC MO MS MY NU QA SB SC SD SH SS SZ TC UG VC VG'],
];

/** Mobile networks route these to an emergency service in nearly every country. */
const EVERYWHERE: ReadonlySet<string> = new Set(['112', '911']);
/** The most widespread other emergency numbers, for users whose country is not known. */
const COMMON: ReadonlySet<string> = new Set(['000', '110', '119', '999']);

const BY_COUNTRY = new Map(
  NUMBERS.flatMap(([numbers, countries]) =>
    countries.split(' ').map((country) => [country, new Set(numbers.split(' '))]),
  ),
);

/** The usual digits for an outside line: 0 or 9 before 112, and only 9 before 911, 999 and the like. */
const USUAL_LINE = /^(?:[09](?=112$)|9(?=9[0-9]{2}$))/;

/**
 * True for an emergency number dialled in this place, with or without the digits for an outside line. The usual digits
 * for an outside line count only with the default extension pattern. With another one, "9112" may be an extension.
 */
export function isEmergencyCall(digits: string, { country, extensions, outsideLines = [] }: EmergencyPlace): boolean {
  if (isEmergency(digits, country)) return true;
  const withoutLine = digits.replace(USUAL_LINE, '');
  if (extensions === DEFAULT_EXTENSIONS && withoutLine !== digits && isEmergency(withoutLine, country)) return true;
  return outsideLines.some((line) => digits.startsWith(line) && isEmergency(digits.slice(line.length), country));
}

interface EmergencyPlace {
  /** ISO 3166-1 alpha-2 in capitals; '' if unknown. */
  country: string;
  /** Which digits are extensions; see matchesExtension. */
  extensions: string;
  /** Digits dialled for an outside line, such as 0 or 9. */
  outsideLines?: readonly string[];
}

/** True for 112, 911 and the emergency numbers of `country` ('' if unknown). */
export function isEmergency(digits: string, country: string): boolean {
  if (EVERYWHERE.has(digits)) return true;
  return country === '' ? COMMON.has(digits) : (BY_COUNTRY.get(country)?.has(digits) ?? false);
}
