/** What may be said about who has a number. Sentences are made of it in src/messages. */
export type Shown =
  | { say: 'person'; name: string; company: string }
  | { say: 'company'; company: string }
  /** Several people, and nothing distinguishes them. */
  | { say: 'several'; count: number }
  /** Nobody is known: what the caller says of itself. */
  | { say: 'claim'; claim: string; number: string }
  | { say: 'number'; number: string }
  | { say: 'hidden' }
  | { say: 'nothing' };
