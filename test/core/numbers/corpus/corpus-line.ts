/**
 * A text and its expected reading, in the format of outcomeOf in outcome.ts: `public +12015550123 then 456 !then-press`,
 * `choose 1001 "1001" | 1002 "1002"`, `none looks-date`.
 */
export type CorpusLine = readonly [reason: string, country: string, text: string, outcome: string];
