/** Most texts have no accents, and this check is quick. */
export const ASCII = /^[ -~]*$/;

/**
 * A text in lower case without accents: "Müller" -> "muller". In scripts other than these three, marks are vowels or
 * make another letter ("ハ" and "バ").
 */
export const withoutAccents = (text: string): string =>
  ASCII.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu, '$1')
        .toLowerCase()
        .normalize('NFC');
