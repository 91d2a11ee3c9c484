import type { english } from '../en/error-pack.ts';
import { errors } from './errors.ts';

export const german: typeof english = { errors };
