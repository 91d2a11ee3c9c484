/** What the program can say about who has a number. src/messages has the sentences. */
export type Shown =
  | { say: 'person'; name: string; company: string }
  | { say: 'company'; company: string }
  /** Several people have the number, and nothing distinguishes them. */
  | { say: 'several'; count: number }
  /** No contact has the number. `claim` is the name that the caller sent. */
  | { say: 'claim'; claim: string; number: string }
  | { say: 'number'; number: string }
  | { say: 'hidden' }
  | { say: 'nothing' };
