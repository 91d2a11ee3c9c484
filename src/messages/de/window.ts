import type { english } from '../en/window.ts';
import { formatFor } from '../format.ts';
import { calls } from './calls.ts';
import { countries } from './countries.ts';
import { dialling } from './dialling.ts';
import { frame } from './frame.ts';
import { listening } from './listening.ts';
import { live } from './live.ts';
import { placed } from './placed.ts';
import { views } from './views.ts';

export const german: typeof english = {
  calls,
  countries,
  dialling,
  frame,
  listening,
  live,
  placed,
  views,
  format: formatFor('de'),
};
