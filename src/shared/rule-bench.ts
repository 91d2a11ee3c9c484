import type { GuardId } from './dial-guards.ts';
import type { DialReading } from './dial.ts';
import type { FieldProblem } from './rule-problem.ts';

/** How one text reads with the saved rules and with a draft. */
export interface BenchLine {
  saved: DialReading;
  draft: DialReading;
}

/** Guards that look at the number that the PBX gets. */
export type RuleReason = Extract<GuardId, 'emergency' | 'feature-code' | 'rewritten' | 'premium-rate' | 'satellite'>;

export type SampleKind = 'extension' | 'national' | 'international' | 'emergency' | 'premium';

/** The effect of a draft on a number of one kind. */
export interface SampleLine {
  kind: SampleKind;
  text: string;
  reading: DialReading;
  /** Why Traydial would ask before such a call, without regard to earlier calls. */
  reasons: RuleReason[];
}

export interface RulesExplained {
  problems: FieldProblem[];
  sample: SampleLine[];
  /** One for each text, in order. */
  lines: BenchLine[];
}

/** Limits for one explanation: lines, and characters per line. */
export const MAX_BENCH_LINES = 200;
export const MAX_BENCH_TEXT = 1000;
