import { z } from 'zod';
import { ONE_LINE } from '../plain-text.ts';

/** One line: a control character in a SIP header, or an invisible one on the screen, could only deceive. */
export const line = (max: number) => z.string().max(max).regex(ONE_LINE);

/** Text whose exact limits are checked where they can be explained. */
export const roughText = (max: number) => z.string().max(max);
