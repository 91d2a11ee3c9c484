import { labelOf } from './words.ts';

/** Names of identifiers as regular expressions without groups, with the maximum number of digits of each. */
const IDS: readonly (readonly [maxDigits: number, names: string])[] = [
  // Italy, France, Spain, Portugal, Latin America
  [11, 'partita iva|p\\.? ?iva|p\\.i\\.|cod(?:ice)?\\.? ?fisc(?:ale)?|c\\.f\\.|n\\.? ?rea|tva(?: intracom\\p{L}*)?'],
  [14, 'siret|siren|rcs(?: \\p{L}[\\p{L}-]*){1,3}|r\\.c\\.s\\.(?: \\p{L}[\\p{L}-]*){0,3}|finess|n° ?ape|rpps|adeli'],
  [15, '(?:num[eé]ro|n[°o]\\.?) de s[eé]cu(?:rit[eé] sociale)?'],
  [14, "(?:immatricul|enregistr|inscrit)\\p{L}{0,4} (?:[\\p{L}'’]{1,20} ){0,12}sous le (?:num[eé]ro|n°)"],
  [9, 'n\\.?i\\.?f\\.?|c\\.i\\.f\\.|cif|nipc|n\\.? ?contribuinte|contribuinte'],
  [15, 'cnpj|cpf|inscri[cç][aã]o (?:estadual|municipal)|cuit|cuil|ruc|rut|nit|creci'],
  // Britain, Ireland
  [12, 'vat(?: reg(?:istration|istered)?\\.?)?'],
  [8, 'registered (?:in )?(?:england(?: (?:and|&) wales)?|scotland|wales|ireland|northern ireland|uk)'],
  [
    9,
    '(?:company|co\\.|business|charity) (?:reg(?:istration|istered|\\.)?|no|nr|number|id)|registered (?:charity|company)|registration (?:no|number|nr)',
  ],
  [6, 'sort code|bsb'],
  [10, 'fca(?: reg(?:istration)?)?|frn|ico reg(?:istration)?|crn'],
  // North America, India, Oceania
  [11, 'npi|routing|aba|tin|tax ?id|fein|duns|d-u-n-s|dea|lic(?:ense)?|nmls(?: id)?|usdot|dre'],
  [15, 'gst(?:in)?(?:/hst)?|qst|abn|acn|nzbn|uen|ird|cin|pan|udyam'],
  // Scandinavia, Finland, the Baltic states
  [
    10,
    'org(?:ani[sz]a[st]ion(?:s|e)?)?\\.?[ -]?(?:nr|nummer|no|numer)|momsreg\\p{L}*|bankgiro|plusgiro|p-nr|cvr|se-nr',
  ],
  [9, 'y-?tunnus|business id|fo-nummer|kennitala|kt\\.|vsk-?(?:nr|númer)'],
  [11, 'reg\\.? ?(?:kood|nr|nr\\.|code)|kmkr|pvm kodas|įmonės kodas|(?:vienotais )?reģ\\p{L}*\\.? ?(?:nr)?'],
  // Germany, Austria, Switzerland, the Netherlands
  [13, 'st(?:euer)?\\.?[ -]?(?:nr|nummer|id)|ust\\.?[ -]?id(?:[ -]?nr)?|mwst|uid|hr[ab]|zvr(?:-zahl)?|glaeubiger-id'],
  [11, 'ik(?:[ -]?(?:nr|nummer))|bsnr|lanr|betriebsnummer|firmenbuch(?:nummer|nr)?|amtsgericht \\p{L}+,? hr[ab]|dvr'],
  [
    12,
    'kvk|k\\.v\\.k\\.|btw|rsin|bsn|agb(?:-code)?|lidnummer|ondernemings(?:nummer|nr)|rpr(?: \\p{L}+)?|rpm(?: \\p{L}+)?',
  ],
  // Central and Eastern Europe
  [14, 'regon|nip|krs|pesel|bdo'],
  [10, 'ičo|ič|ico|ičdph|ič dph|dič|dic'],
  [
    13,
    'adószám|cégjegyzék\\p{L}*|bankszámla\\p{L}*|cui|cif|oib|mbs|pib|mati[cč]n[ai] (?:broj|št\\p{L}*)|davčna (?:št\\p{L}*)',
  ],
  [15, 'инн|кпп|огрн(?:ип)?|окпо|бик|єдрпоу|едрпоу|іпн|унп|еик|булстат|зкпо'],
  [12, 'α\\.?φ\\.?μ\\.?|αφμ|γ\\.?ε\\.?μη\\.?|γεμη|vergi (?:no|numaras\\p{L}*|dairesi)|vkn|tckn|ticaret sicil'],
  // Asia, Middle East
  [
    18,
    'mersis|統一編號|统一社会信用代码|税号|税號|法人番号|登録番号|사업자(?:등록번호)?|사업자번호|통신판매\\p{L}*|mã số thuế|mst|npwp|nib',
  ],
  [
    15,
    'เลขประจำตัวผู้เสียภาษี|ח\\.?פ\\.?|ח"פ|ע\\.?מ\\.?|ע"מ|عوضية|السجل التجاري|س\\.ت|الرقم الضريبي|cr|trn|شناسه ملی|کد اقتصادی',
  ],
];

const NUMBER_WORD =
  '(?:[ ./-]{0,2}(?:reg|no|nr|number|num|numer|nummer|numero|número|n°|nº|n\\.º|n\\.°|№|id|code|kod)(?!\\p{L})\\.?){0,2}';
/** The value may be in the next cell of a table, or after a colon in the next line. */
const GAP = '(?:[ *_]{0,4}\\|[ *_]{0,4}|[ *_]{0,4}:[ *_]{0,4}\\n {0,4}|[ .:=#()№*"]{0,4})';
const NAMES = IDS.map(([maxDigits, names]) => {
  return new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${names})(?!\\p{L})${NUMBER_WORD}${GAP}(?:in [\\p{L}]+ )?` +
      `([A-Z]{1,3}[ .-]{0,2})?[0-9](?:[ ./-]{0,2}[0-9]){3,${maxDigits - 1}}(?![0-9]|[./-][0-9])`,
    'giu',
  );
});
const LETTER = /\p{L}/u;
/**
 * Replaces identifiers of taxes, companies, registers and banks that follow their name by the result of `hide`, which
 * must have the same length.
 */
export function replaceIds(text: string, hide: (found: string) => string): string {
  if (!LETTER.test(text)) return text;
  return NAMES.reduce(
    (masked, pattern) =>
      masked.replace(pattern, (found, prefix: string | undefined, at: number) =>
        isId(found, prefix ?? '', masked.slice(0, at)) ? hide(found) : found,
      ),
    text,
  );
}

/**
 * Before a "|", the name must be the only text of its cell and must not look like a surname ("Pan", "Tin"): the number
 * in "CHE-123 MWST | 044 …" is not an id. An id may begin with a country's letters, but not with a word for a phone, as
 * in "VAT Tel. 020 …".
 */
function isId(found: string, prefix: string, before: string): boolean {
  const isCell = /(?:^|[\n|])[ *_]*$/.test(before) && !/^\p{Lu}\p{Ll}{1,3}[ *_]*\|/u.test(found);
  if (found.includes('|') && !isCell) return false;
  // In "NIF F 12345678" the single letter belongs to the id; it does not mean "phone".
  return labelOf(prefix) !== 'phone' || /^\p{L}[ -]*$/u.test(prefix);
}
