import type { ImportProblem } from '../../../shared/contacts.ts';

/** True if this problem means that the whole row or card was left out. */
export const leavesOut = ({ code }: ImportProblem): boolean =>
  code === 'unclosed-quote' || code === 'too-many-fields' || code === 'broken-card' || code === 'no-name';
