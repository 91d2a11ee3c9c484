/** What the program can say about who has a number. src/messages has the sentences. */
export type Shown =
  | { kind: 'person'; name: string; company: string }
  | { kind: 'company'; company: string }
  /** Several people have the number, and nothing distinguishes them. */
  | { kind: 'several'; count: number }
  /** No contact has the number. `claim` is the name that the caller sent. */
  | { kind: 'claim'; claim: string; number: string }
  | { kind: 'number'; number: string }
  | { kind: 'hidden' }
  | { kind: 'nothing' };
