/**
 * A text and what it comes to, as outcomeOf in outcome.ts writes it: `public +12015550123 then 456 !then-press`,
 * `choose 1001 "1001" | 1002 "1002"`, `none looks-date`.
 */
export type CorpusLine = readonly [reason: string, country: string, text: string, outcome: string];
