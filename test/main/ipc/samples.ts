import { DEFAULT_DIAL_OPTIONS, DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import type { DialRules } from '../../../src/shared/dial-rules.ts';
import type { CommandName, Payload } from '../../../src/shared/ipc.ts';

const RULES: DialRules = {
  country: 'DE',
  areaCode: '30',
  extensions: '3-5',
  rules: [
    {
      id: 'rule-1',
      name: 'Outside line',
      enabled: true,
      target: 'pattern',
      pattern: '\\+([0-9]+)',
      form: 'replacement',
      replacement: '0$1',
      internationalPrefix: '00',
      outsidePrefix: '9',
      trunk: 'Main',
      callerId: '100',
    },
  ],
};
const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');
const SERVER = { address: '127.0.0.1:1', domain: 'demo.traydial.test', trustFingerprint: FINGERPRINT };

/** A valid payload for each command, with every optional field. */
export const SAMPLES: { [C in CommandName]: Payload<C> } = {
  'state.get': null,
  'account.test': SERVER,
  'account.sign-in': { ...SERVER, username: 'alex', password: 'secret', remember: true },
  'account.enter-code': { code: '123456' },
  'account.send-code': null,
  'account.cancel-code': null,
  'account.start-demo': null,
  'account.sign-out': null,
  'account.switch': { key: 'alex@demo.traydial.test 127.0.0.1:1' },
  'account.add': null,
  'account.remove': { key: 'alex@demo.traydial.test 127.0.0.1:1' },
  'account.forget-certificate': { address: '127.0.0.1:1' },
  'account.accept-certificate': { sha256: Array.from({ length: 32 }, () => 'AB').join(':') },
  'trust.choose-authorities': null,
  'dial.preview': { text: '+12015550123' },
  'dial.place': {
    text: '+12015550123',
    provenance: 'typed',
    options: { ...DEFAULT_DIAL_OPTIONS, additionalHeader: 'CALL_INFO' },
    choice: '+12015550123',
  },
  'dial.answer': { id: 'question-1', accept: true, choice: 0 },
  'dial.hang-up': { sessionId: '884757570370146304' },
  'dial.dismiss': null,
  'clipboard.copy': { text: '456#' },
  'clipboard.copy-error': { code: 'timed-out', detail: 'GET /api/sessions' },
  'calls.refresh': null,
  'country.shown': null,
  'country.dismiss': null,
  'calls.find': { text: 'Anna' },
  'people.find': { text: 'anna' },
  'contacts.choose': null,
  'contacts.import': { id: 'a' },
  'contacts.list': null,
  'contacts.remove': { file: 'contacts.csv' },
  'contacts.own': { text: 'anna' },
  'contacts.save': { id: 'a', name: 'Anna Berg', company: '', numbers: [{ kind: 'work', number: '+12015550123' }] },
  'contacts.delete': { id: 'a' },
  'recents.clear': null,
  'recents.remove': { id: 'known' },
  'history.page': { text: 'Anna', only: 'missed', before: '1700000000000 known' },
  'history.seen': { ids: ['known'] },
  'history.note': { id: 'known', note: 'wants an offer' },
  'history.export': null,
  'favourites.set': { number: '1002', name: 'Priya', provenance: 'caller', favourite: true },
  'own-numbers.set': { number: '1001', mine: true },
  'settings.change': {
    ...DEFAULT_SETTINGS,
    polling: { intervalSeconds: 60 },
    dialling: {
      ...RULES,
      confirm: { ...DEFAULT_SETTINGS.dialling.confirm, link: 'undo' },
      guards: { ...DEFAULT_SETTINGS.dialling.guards, distant: false },
      options: { ...DEFAULT_DIAL_OPTIONS, additionalHeader: 'CALL_INFO' },
    },
    identity: { ownNumbers: ['1001'], callFrom: '1001' },
  },
  'rules.explain': { texts: ['+12015550123'], rules: RULES },
  'rules.import': null,
  'rules.export': { rules: RULES },
  'notifications.pause': { until: 'tomorrow' },
  'notifications.test': null,
  'notifications.why': { calls: [{ id: '1', at: 0, direction: 'incoming' }] },
  'links.make-default': { scheme: 'tel' },
  'links.ignore': { ignore: true },
  'links.check': null,
  'links.set-entry': { present: true },
  'shortcut.test': null,
  'shortcut.record': { recording: true },
  'demo.make': { event: 'incoming' },
  'desktop.licences': null,
  'desktop.open-page': { page: 'issues' },
  'desktop.copy-report': null,
  'desktop.dismiss-notice': { id: 'tray-missing' },
  'setup.finish': null,
  'window.hide': null,
};

/** Fields that may be null as well, in every command or in the one named in front. */
export const NULLABLE: ReadonlySet<string> = new Set([
  'only',
  'before',
  'trustFingerprint',
  'options',
  'additionalHeader',
  'dial.place choice',
  'history.seen ids',
  'until',
  'scheme',
]);
/** Fields that accept only some values. */
export const WORDS: ReadonlySet<string> = new Set([
  'only',
  'sha256',
  'trustFingerprint',
  'additionalHeader',
  'headerDirection',
  'until',
  'event',
  'page',
  'backend',
  'theme',
  'trayIcon',
  'weakStorage',
  'scheme',
  'accelerator',
  'from',
]);
/** Commands whose fields are all optional up to the given depth: a patch, or overrides. */
export const PARTIAL: { [C in CommandName]?: RegExp } = {
  'dial.answer': /^choice$/,
  'dial.place': /^options\./,
  'settings.change':
    /^[a-z]+(\.[a-zA-Z]+)?$|^dialling\.(confirm|guards|options)\.[a-zA-Z-]+$|^notifications\.(calls|quiet)\.[a-zA-Z-]+$/,
};
