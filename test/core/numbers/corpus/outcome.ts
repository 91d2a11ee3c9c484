import type { DialReading } from '../../../../src/shared/dial.ts';

/** A reading as one line of the corpus, without texts that only people read. */
export function outcomeOf(reading: DialReading): string {
  if (reading.found === 'none') return `none ${reading.refusal.code}`;
  if (reading.found === 'choose') {
    const choices = reading.candidates.map(
      ({ dial, digitsAfterAnswer, input }) => `${dial}${after(digitsAfterAnswer)} "${input}"`,
    );
    return `choose ${choices.join(' | ')}`;
  }
  const { kind, dial, digitsAfterAnswer, e164, rule, warnings } = reading.plan;
  const signs = warnings.map((warning) => ` !${warning}`).join('');
  const other = e164 === null || e164 === dial ? '' : ` e164=${e164}`;
  return `${kind} ${dial}${after(digitsAfterAnswer)}${signs}${other}${rule === null ? '' : ` by ${rule}`}`;
}

const after = (then: string | null): string => (then === null ? '' : ` then ${then}`);
