import type { english } from '../en/error-messages.ts';
import { errors } from './errors.ts';

export const german: typeof english = { errors };
