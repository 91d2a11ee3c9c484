import { plainText } from '../../shared/plain-text.ts';
import type { Desk } from '../../core/desk.ts';
import { dialRulesSchema } from '../../core/settings/rule-schema.ts';
import { dialRulesOf } from '../../core/settings/dial-rules-of.ts';
import type { Party } from '../../shared/call.ts';
import type { DialRules } from '../../shared/dial-rules.ts';
import type { DialPlan } from '../../shared/dial.ts';
import { appError } from '../../shared/errors.ts';
import type { FavouriteList } from '../../core/people/favourite-list.ts';
import type { HistoryCall } from '../../shared/history.ts';
import type { Licence } from '../../shared/licence.ts';
import type { Notified } from '../../shared/notified.ts';
import type { HelpPage } from '../../shared/pages.ts';
import type { LinkScheme } from '../../shared/links.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { sameNumber } from '../../shared/same-number.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import type { NumberForms, State } from '../../shared/state.ts';
import type { ContactFiles } from '../contact-files.ts';
import type { Handlers } from './router.ts';

/** The dependencies of the command handlers besides the desk. */
export interface Shell {
  state(): State;
  changeSettings(patch: SettingsPatch): Result<Settings>;
  chooseAuthorities(): Promise<Result<null>>;
  importRules(): Promise<Result<DialRules | null>>;
  exportRules(rules: DialRules): Promise<Result<boolean>>;
  exportContacts(): Promise<Result<boolean>>;
  exportHistory(): Promise<Result<boolean>>;
  pauseNotifications(until: 'half-hour' | 'tomorrow' | null): void;
  testNotification(): void;
  /** The user deleted these calls from the history; null for all that are over. */
  forgetReasons(ids: readonly string[] | null): void;
  whyNotified(call: Pick<HistoryCall, 'id' | 'at' | 'direction'>): Notified;
  numbersOf(parties: readonly Pick<Party, 'number'>[]): NumberForms;
  favourites: Pick<FavouriteList, 'add' | 'remove'>;
  contactFiles: Pick<ContactFiles, 'choose' | 'take'>;
  links: {
    makeDefault(scheme: LinkScheme | null): Promise<Result<null>>;
    check(): Promise<void>;
    setEntry(present: boolean): Promise<Result<null>>;
  };
  shortcut: {
    test(): Promise<boolean>;
    record(recording: boolean): void;
  };
  copyText(text: string): Promise<Result<null>>;
  copyError(code: string, detail: string): Promise<Result<null>>;
  openPage(page: HelpPage): Promise<Result<null>>;
  licences(): Promise<Result<Licence[]>>;
  copyReport(): Promise<Result<null>>;
  /** `id`: of the notice that is about the file. */
  showFile(id: string): Promise<Result<null>>;
  dismissNotice(id: string): void;
  finishSetup(): void;
  hideWindow(): void;
}

const done = ok(null);

export function commandHandlers(desk: Desk, shell: Shell): Handlers {
  return {
    'state.get': () => ok(shell.state()),
    'account.test': (form) => desk.accounts.test(form),
    'account.sign-in': (form) => desk.accounts.signIn(form),
    'account.enter-code': ({ code }) => desk.accounts.enterCode(code),
    'account.send-code': () => desk.accounts.sendCode(),
    'account.cancel-code': async () => {
      await desk.accounts.cancelCode();
      return done;
    },
    'account.start-demo': () => desk.accounts.startDemo(),
    'account.sign-out': async () => {
      await desk.accounts.signOut();
      return done;
    },
    'account.switch': ({ key }) => desk.accounts.switchTo(key),
    'account.add': () => desk.accounts.add(),
    'account.remove': ({ key }) => desk.accounts.remove(key),
    'account.forget-certificate': ({ address }) => desk.accounts.forgetCertificate(address),
    'account.accept-certificate': ({ sha256 }) => desk.accounts.acceptCertificate(sha256),
    'trust.choose-authorities': () => shell.chooseAuthorities(),
    'dial.preview': ({ text }) => {
      const reading = desk.dialCommands.preview(text);
      return ok(reading.found === 'one' && isNew(reading.plan, desk) ? { ...reading, isNew: true } : reading);
    },
    'dial.place': ({ text, provenance, options, choice, external }) =>
      desk.dialCommands.place(text, provenance, options, choice, external),
    'dial.answer': ({ id, accept, choice }) => desk.dialCommands.answer(id, accept, choice),
    'dial.hang-up': ({ sessionId }) => desk.dialCommands.hangUp(sessionId),
    'dial.dismiss': () => {
      desk.dialCommands.dismiss();
      return done;
    },
    'clipboard.copy': ({ text }) => shell.copyText(text),
    'clipboard.copy-error': ({ code, detail }) => shell.copyError(code, plainText(detail, 1000)),
    'calls.refresh': () => desk.refresh(),
    'calls.find': ({ text }) => {
      const found = desk.findCalls(text);
      return ok({ ...found, numbers: shell.numbersOf(found.calls.flatMap(({ other, callee }) => [other, callee])) });
    },
    'people.find': ({ text }) => {
      const people = desk.findPeople(text);
      return ok({ people, numbers: shell.numbersOf(people) });
    },
    'contacts.choose': () => shell.contactFiles.choose(),
    'contacts.import': ({ id }) => shell.contactFiles.take(id),
    'contacts.list': () => ok(desk.people.importedFiles()),
    'contacts.remove': ({ file }) => desk.people.removeFile(file),
    'contacts.own': ({ text }) => ok(desk.people.ownContacts(text)),
    'contacts.save': (contact) => desk.people.saveContact(contact),
    'contacts.delete': ({ id }) => desk.people.deleteContact(id),
    'contacts.export': () => shell.exportContacts(),
    'recents.clear': () => {
      const cleared = desk.history.clear();
      if (cleared.ok) shell.forgetReasons(null);
      return cleared;
    },
    'recents.remove': ({ id }) => {
      const removed = desk.history.remove(id);
      if (!removed.ok) return removed;
      shell.forgetReasons(removed.value);
      return done;
    },
    'history.page': async ({ before, ...filter }) => {
      const { entries, next } = await desk.history.page(filter, before);
      const others = entries.flatMap(({ called, passedBy, passedTo }) => [called, passedBy, passedTo]);
      const numbers = shell.numbersOf([
        ...entries,
        ...others.filter((n) => n !== undefined).map((number) => ({ number })),
      ]);
      return ok({ entries: desk.people.recents(entries), next, numbers, waiting: desk.waiting });
    },
    'history.seen': ({ ids }) => desk.history.markSeen(ids),
    'history.done': ({ id, done: isDone }) => {
      const { callBacks } = desk.history;
      return (isDone ? callBacks?.finish(id) : callBacks?.undo(id)) ?? done;
    },
    'history.remind': ({ id, at }) => desk.history.callBacks?.remind(id, at) ?? done,
    'history.note': ({ id, note }) => desk.history.note(id, note),
    'history.export': () => shell.exportHistory(),
    'favourites.set': ({ favourite, ...entry }) =>
      favourite ? shell.favourites.add(entry) : shell.favourites.remove(entry),
    'own-numbers.set': ({ number, mine }) => {
      const others = shell.state().settings.identity.ownNumbers.filter((other) => other !== number);
      return shell.changeSettings({ identity: { ownNumbers: mine ? [...others, number] : others } });
    },
    'notifications.person': ({ notify, ...rule }) => {
      const others = shell
        .state()
        .settings.notifications.people.filter(({ number }) => !sameNumber(number, rule.number));
      const people = notify === null ? others : [...others, { ...rule, notify }];
      return shell.changeSettings({ notifications: { people } });
    },
    'country.shown': () => {
      desk.foundCountry.shown();
      return done;
    },
    'country.dismiss': () => {
      desk.foundCountry.dismiss();
      return done;
    },
    'settings.change': (patch) => shell.changeSettings(patch),
    'rules.explain': async ({ texts, rules }) => {
      // Only the page of the dial rules needs it.
      const { explainRules } = await import('../../core/dial/rules/explain-rules.ts');
      return ok(
        await explainRules(texts, {
          saved: dialRulesOf(desk.settings),
          draft: withCountry(rules, desk),
          extension: desk.account.extension,
        }),
      );
    },
    'rules.import': () => shell.importRules(),
    'rules.export': ({ rules }) => {
      const checked = dialRulesSchema.safeParse(rules);
      return checked.success ? shell.exportRules(checked.data) : err(appError('command-invalid'));
    },
    'notifications.pause': ({ until }) => {
      shell.pauseNotifications(until);
      return done;
    },
    'notifications.test': () => {
      shell.testNotification();
      return done;
    },
    'notifications.why': ({ calls }) => ok(calls.map((call) => shell.whyNotified(call))),
    'links.make-default': ({ scheme }) => shell.links.makeDefault(scheme),
    'links.ignore': ({ ignore }) => {
      desk.dialCommands.ignoreLinks(ignore);
      return done;
    },
    'links.check': async () => {
      await shell.links.check();
      return done;
    },
    'links.set-entry': ({ present }) => shell.links.setEntry(present),
    'shortcut.test': async () => ok({ pressed: await shell.shortcut.test() }),
    'shortcut.record': ({ recording }) => {
      shell.shortcut.record(recording);
      return done;
    },
    'demo.make': ({ event }) => desk.makeDemoCall(event),
    'desktop.open-page': ({ page }) => shell.openPage(page),
    'desktop.licences': () => shell.licences(),
    'desktop.copy-report': () => shell.copyReport(),
    'desktop.show-file': ({ id }) => shell.showFile(id),
    'desktop.dismiss-notice': ({ id }) => {
      shell.dismissNotice(id);
      return done;
    },
    'setup.finish': () => {
      shell.finishSetup();
      return done;
    },
    'window.hide': () => {
      shell.hideWindow();
      return done;
    },
  };
}

/** Whether the number may become a new contact. Codes of the PBX and the first typed digits may not. */
const isNew = ({ kind, number, e164 }: DialPlan, { people }: Desk): boolean =>
  kind !== 'feature-code' && kind !== 'emergency' && number.length > 2 && !people.isKnown(e164 ?? number);

/** A draft without a country uses the country that was found. */
const withCountry = (rules: DialRules, { settings }: Desk): DialRules =>
  rules.country === '' ? { ...rules, country: settings.dialling.country } : rules;
