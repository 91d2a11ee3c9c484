import { errors } from './errors.ts';

export const english = { errors };
