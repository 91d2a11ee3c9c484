import type { countries as english } from '../en/countries.ts';
import { formatFor } from '../format.ts';

const { country } = formatFor('de');

export const countries: typeof english = {
  name: country,
  readAs: (code) => `Nummern ohne +: ${country(code)}`,
  foundBy: {
    line: 'Erkannt an der Nummer, mit der Sie anrufen.',
    tenant: 'Erkannt an den Einstellungen der Telefonanlage.',
    number: 'Erkannt an Ihren eigenen Nummern.',
    zone: 'Erkannt an Ihrer Zeitzone in der Telefonanlage.',
    system: 'Erkannt an den Einstellungen dieses Computers.',
  },
};
