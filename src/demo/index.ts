import { systemClock } from '../core/clock.ts';
import { Accounts } from './accounts.ts';
import { CdrSync } from './cdr-sync.ts';
import { CallHistory } from './cdrs.ts';
import { fingerprintOf, makeCertificate } from './certificate.ts';
import type { DemoPbx, DemoPbxOptions } from './demo-pbx.ts';
import { FaultScript } from './faults.ts';
import { ACCOUNT } from './office.ts';
import { paced } from './paced-clock.ts';
import { CallEvents } from './push/call-events.ts';
import { ExtensionEvents } from './push/extension-events.ts';
import { PushServer } from './push/push-server.ts';
import { Random } from './random.ts';
import { RateLimit } from './rate-limit.ts';
import { Router, type Route } from './router.ts';
import { authRoutes } from './routes/auth.ts';
import { cdrRoutes } from './routes/cdrs.ts';
import { infoRoutes } from './routes/info.ts';
import { oauthRoutes } from './routes/oauth.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { userRoutes } from './routes/user.ts';
import { v16Routes } from './routes/v16.ts';
import { HOST, PbxServer } from './server.ts';
import { sessionIds } from './session-ids.ts';
import { Staging } from './staging.ts';
import { Switchboard } from './switchboard.ts';
import { Tokens } from './tokens.ts';
import { Traffic } from './traffic.ts';
import { TwoFactor, type Mail } from './two-factor.ts';

export type { DemoEvent } from './call-plans.ts';
export type { DemoCertificate } from './certificate.ts';
export type { DemoPbx, DemoPbxOptions } from './demo-pbx.ts';
export { DEMO_NUMBERS, type DemoNumber } from './dialled-numbers.ts';
export type { Fault, FaultAction, FaultRule, FaultScript } from './faults.ts';
export type { ListeningClient, PushControl, ReceivedFrame } from './push/push-server.ts';
export type { StatusWords } from './routes/user.ts';
export type { RecordedRequest } from './server.ts';
export type { TalkingTime } from './session-view.ts';
export type { NewSession, StagedLeg } from './staging.ts';
export type { Mail } from './two-factor.ts';

const MAILS_KEPT = 100;

/**
 * Starts the demo PBX on 127.0.0.1: an HTTPS server that behaves as the REST API of a PortSIP PBX 22.2 and its
 * push are documented to, and, where the documents are silent, as a comment at that place says. It begins at
 * `switchboard.ts` (what a call is), `placed-call.ts` (what POST /sessions sets off), `routes/` (what each path
 * answers) and `push/` (what is told without being asked). Rejects when the port is taken.
 */
export async function startDemoPbx(options: DemoPbxOptions = {}): Promise<DemoPbx> {
  const clock = options.clock ?? systemClock;
  const now = (): number => clock.now();
  const seed = options.seed ?? 1;
  const words = options.statusWords ?? '22.3';
  const mayList = options.mayListSessions ?? true;
  const mayEnd = options.mayEndSessions ?? mayList;
  const mayListen = {
    extension_events: options.mayListenExtension ?? true,
    cdr_events: options.mayListenCdr ?? true,
  };
  const certificate = options.certificate ?? (await makeCertificate());

  // Who may come in.
  const accounts = new Accounts(clock);
  const tokens = new Tokens(clock, options.tokenLifetimeSeconds ?? 1800);
  const mail: Mail[] = [];
  const codes = new TwoFactor(clock, new Random(seed, 'codes'), (sent) => {
    mail.push(sent);
    if (mail.length > MAILS_KEPT) mail.shift();
    options.onMail?.(sent);
  });
  const twoFactor = options.twoFactor === true ? codes : null;

  // The calls, and who follows them.
  const lives = paced(clock, options.pace ?? 1);
  const board = new Switchboard(lives, sessionIds(clock.now(), new Random(seed, 'ids')));
  const traffic = new Traffic(board, lives, seed);
  const staging = new Staging(board);
  const history = new CallHistory(now);
  const sync = new CdrSync(history);
  const push = new PushServer(clock, {
    accounts,
    tokens,
    takesTokens: options.pushTokens ?? true,
    twoFactor: twoFactor !== null,
    acks: options.pushAcks ?? 'status',
    mayListen,
    statusOf: (numbers) => extensions.status(numbers),
  });
  const extensions = new ExtensionEvents({
    board,
    now,
    words,
    publish: (extension, frame) => push.publishExtension(extension, frame),
  });
  board.observe(history);
  board.observe(extensions);
  board.observe(new CallEvents(now, (frame) => push.publishCall(frame)));

  // The doors.
  const capabilities = [
    ...(mayList ? ['CompanyCallSession.ViewOnly'] : []),
    ...(mayEnd ? ['CompanyCallSession.FullAccess'] : []),
    ...(mayListen.extension_events ? ['User.ViewOnly'] : []),
    ...(mayListen.cdr_events ? ['Analytics.ViewOnly'] : []),
  ];
  const mustChangePassword = options.mustChangePassword ?? false;
  const oauth = oauthRoutes(accounts, tokens);
  const signIn: Record<NonNullable<DemoPbxOptions['signInFlow']>, Route[]> = {
    json: [...authRoutes({ accounts, tokens, twoFactor, mustChangePassword, capabilities }), ...oauth],
    oauth,
    v16: v16Routes(accounts, tokens),
  };
  const router = new Router(
    [
      ...infoRoutes,
      ...signIn[options.signInFlow ?? 'json'],
      ...userRoutes(board, words),
      ...cdrRoutes(history, sync),
      ...sessionRoutes({ clock, board, mayList, mayEnd, talkingTime: options.talkingTime ?? 'always' }),
    ],
    (token) => tokens.userOf(token),
  );
  const faults = new FaultScript();
  const server = new PbxServer({
    certificate,
    clock,
    faults,
    limit: new RateLimit(clock, options.requestsPerMinute ?? Infinity, options.retryAfter ?? true),
    push: options.push === 'none' ? null : push,
    answer: (request) => router.answer(request),
  });
  const port = await server.listen(options.port ?? 0);
  const startTraffic = (): void => {
    if (options.traffic ?? true) traffic.start();
  };
  const stop = async (): Promise<void> => {
    traffic.stop();
    board.clear();
    extensions.forget();
    await server.close();
  };
  const forgetTokens = (): void => {
    tokens.revokeAll();
    codes.forgetAll();
    sync.forgetAll();
  };
  let closed = false;
  startTraffic();

  return {
    address: `${HOST}:${port}`,
    origin: `https://${HOST}:${port}`,
    fingerprint: fingerprintOf(certificate),
    certificate,
    account: ACCOUNT,
    faults,
    push,
    requests: server.requests,
    mail,
    make: (event) => traffic.make(event).id,
    addSession: (session) => staging.add(session),
    addLeg: (id, leg) => staging.addLeg(id, leg),
    dropLeg: (id, callee) => staging.dropLeg(id, callee),
    answer: (id, callee) => staging.answer(id, callee),
    endSession: (id) => staging.end(id),
    expireAccessTokens: () => tokens.expireAccess(),
    revokeTokens: () => tokens.revokeAll(),
    forgetSyncTokens: () => sync.forgetAll(),
    close: async () => {
      closed = true;
      await stop();
    },
    restart: async ({ keepTokens = false, whileDown } = {}) => {
      await stop();
      if (!keepTokens) forgetTokens();
      await whileDown?.();
      if (closed) return;
      await server.listen(port);
      startTraffic();
    },
  };
}
