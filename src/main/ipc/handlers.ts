import type { Desk } from '../../core/desk.ts';
import { explainRules } from '../../core/dial/rules/explain-rules.ts';
import { dialRulesOf } from '../../core/settings/dial-rules-of.ts';
import type { DialRules } from '../../shared/dial-rules.ts';
import type { FavouriteList } from '../../core/people/favourite-list.ts';
import type { Licence } from '../../shared/licence.ts';
import type { HelpPage } from '../../shared/pages.ts';
import type { LinkScheme } from '../../shared/links.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import type { State } from '../../shared/state.ts';
import type { Handlers } from './router.ts';

/** What the commands need beside the desk. */
export interface Shell {
  state(): State;
  changeSettings(patch: SettingsPatch): Result<Settings>;
  chooseAuthorities(): Promise<Result<null>>;
  importRules(): Promise<Result<DialRules | null>>;
  exportRules(rules: DialRules): Promise<Result<boolean>>;
  pauseNotifications(until: 'half-hour' | 'tomorrow' | null): void;
  testNotification(): void;
  favourites: Pick<FavouriteList, 'add' | 'remove'>;
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
  openPage(page: HelpPage): Promise<Result<null>>;
  licences(): Promise<Result<Licence[]>>;
  copyReport(): Promise<Result<null>>;
  dismissNotice(id: string): void;
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
    'dial.preview': ({ text }) => ok(desk.preview(text)),
    'dial.place': ({ text, options, choice }) => desk.place(text, 'typed', options, choice),
    'dial.answer-request': ({ id, accept, choice }) => desk.answerRequest(id, accept, choice),
    'dial.hang-up': ({ sessionId }) => desk.hangUp(sessionId),
    'dial.dismiss': () => {
      desk.dismiss();
      return done;
    },
    'clipboard.copy': ({ text }) => shell.copyText(text),
    'calls.refresh': () => desk.refresh(),
    'calls.find': ({ text }) => ok(desk.findCalls(text)),
    'recents.clear': () => {
      desk.clearRecents();
      return done;
    },
    'recents.remove': ({ id }) => {
      desk.removeRecent(id);
      return done;
    },
    'favourites.set': ({ favourite, ...entry }) =>
      favourite ? shell.favourites.add(entry) : shell.favourites.remove(entry.number),
    'own-numbers.set': ({ number, mine }) => {
      const others = shell.state().settings.identity.ownNumbers.filter((other) => other !== number);
      return shell.changeSettings({ identity: { ownNumbers: mine ? [...others, number] : others } });
    },
    'settings.change': (patch) => shell.changeSettings(patch),
    'rules.explain': async ({ texts, rules }) =>
      ok(await explainRules(texts, { saved: dialRulesOf(shell.state().settings), draft: rules })),
    'rules.import': () => shell.importRules(),
    'rules.export': ({ rules }) => shell.exportRules(rules),
    'notifications.pause': ({ until }) => {
      shell.pauseNotifications(until);
      return done;
    },
    'notifications.test': () => {
      shell.testNotification();
      return done;
    },
    'links.make-default': ({ scheme }) => shell.links.makeDefault(scheme),
    'links.check': async () => {
      await shell.links.check();
      return done;
    },
    'links.set-entry': ({ present }) => shell.links.setEntry(present),
    'shortcut.test': async () => ok({ heard: await shell.shortcut.test() }),
    'shortcut.record': ({ recording }) => {
      shell.shortcut.record(recording);
      return done;
    },
    'demo.make': ({ event }) => desk.makeDemoCall(event),
    'desktop.open-page': ({ page }) => shell.openPage(page),
    'desktop.licences': () => shell.licences(),
    'desktop.copy-report': () => shell.copyReport(),
    'desktop.dismiss-notice': ({ id }) => {
      shell.dismissNotice(id);
      return done;
    },
    'window.hide': () => {
      shell.hideWindow();
      return done;
    },
  };
}
