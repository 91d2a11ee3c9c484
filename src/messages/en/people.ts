import { showNumber } from '../../shared/show-number.ts';
import type { Shown } from '../../shared/who.ts';
import { formatFor } from '../format.ts';

const { plural } = formatFor('en');

/** Who a number is, as people:find says it. */
export const people = {
  /** What a notification says of who calls. */
  shown: (shown: Shown, country: string): string => {
    switch (shown.kind) {
      case 'person':
        return shown.name;
      case 'company':
        return shown.company;
      case 'several':
        return plural(shown.count, { one: '# person', other: '# people' });
      case 'claim':
        return `“${shown.claim}” (says the caller)`;
      case 'number':
        return showNumber(shown.number, country);
      case 'hidden':
        return 'Hidden number';
      case 'nothing':
        return '';
    }
  },
};
