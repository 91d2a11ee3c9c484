import { z } from 'zod';
import { ONE_LINE } from '../plain-text.ts';

/** One line without control and invisible characters, which could forge a SIP header or mislead the user. */
export const line = (max: number) => z.string().max(max).regex(ONE_LINE);

/** Text with a rough limit. The exact limits are checked later, where the error can be explained. */
export const roughText = (max: number) => z.string().max(max);
