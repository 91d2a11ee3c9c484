import type { tray as english } from '../en/tray.ts';
import { formatFor } from '../format.ts';

const { plural, number } = formatFor('de');

export const tray: typeof english = {
  status: {
    signingIn: 'Anmeldung läuft …',
    notSignedIn: 'Nicht angemeldet',
    signedOut: 'Abgemeldet – klicken für Details',
    distrusted: 'Zertifikat der Telefonanlage nicht vertrauenswürdig – klicken für Details',
    stale: 'Telefonanlage antwortet nicht, neuer Versuch läuft',
    ready: 'Bereit',
    readyInDemo: 'Bereit (Demo-Anlage)',
    readyUnlisted: 'Bereit (keine Anrufliste verfügbar)',
    isCalling: (who) => `${who} ruft an`,
    ringing: (count) => `${number(count)} Anrufe klingeln`,
    moreRinging: (count) => `Mehr als ${number(count)} Anrufe klingeln`,
    calling: (who) => `Anruf bei ${who}`,
    pickUp: (who) => `Heben Sie ab, um ${who} anzurufen`,
    otherRings: (who) => `Es klingelt bei ${who}`,
    talkingTo: (who) => `Im Gespräch mit ${who}`,
    inCallWith: (who) => `Anruf mit ${who}`,
    calls: (count) => plural(count, { one: '# Anruf', other: '# Anrufe' }),
  },
  callStates: { ringing: 'klingelt', talking: 'im Gespräch', unknown: 'Anruf läuft', placed: 'wird angerufen' },
  tooltip: (text, { missed, paused }) => {
    const calls =
      missed === 0 ? '' : ` · ${plural(missed, { one: '# verpasster Anruf', other: '# verpasste Anrufe' })}`;
    return `Traydial: ${text}${calls}${paused ? ' (Benachrichtigungen pausiert)' : ''}`;
  },
  missed: (count) => (count === 0 ? 'Keine verpassten Anrufe' : `Verpasst (${number(count)})`),
  call: 'Anrufen …',
  signIn: 'Anmelden …',
  callCopied: 'Kopierte Nummer anrufen',
  redial: 'Wahlwiederholung',
  favourites: 'Favoriten',
  noFavourites: 'Noch keine Favoriten',
  recent: 'Letzte Anrufe',
  noRecent: 'Keine letzten Anrufe',
  allCalls: 'Alle Anrufe …',
  myCalls: 'Meine Anrufe',
  noCalls: 'Kein laufender Anruf',
  show: 'Anzeigen',
  hangUp: 'Auflegen',
  decline: 'Ablehnen',
  moreCalls: (count) => (count === 1 ? '1 weiterer …' : `${number(count)} weitere …`),
  pause: 'Benachrichtigungen pausieren',
  pausedUntil: (time) => `Benachrichtigungen pausiert bis ${time}`,
  forHalfHour: '30 Minuten lang',
  untilTomorrow: 'Bis morgen',
  resume: 'Benachrichtigungen wieder anzeigen',
  ignoreLinks: 'Links 10 Minuten lang ignorieren',
  linksIgnored: (until) => `Links werden bis ${until} ignoriert`,
  settings: 'Einstellungen …',
  quit: 'Traydial beenden',
};
