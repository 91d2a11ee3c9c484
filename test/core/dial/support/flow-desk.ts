import { CallPlacer } from '../../../../src/core/calls/placer.ts';
import { CallStore } from '../../../../src/core/calls/store.ts';
import { DialFlow } from '../../../../src/core/dial/dial-flow.ts';
import type { CreateSession } from '../../../../src/core/pbx/types.ts';
import { DEFAULT_SETTINGS } from '../../../../src/core/settings/defaults.ts';
import type { Call } from '../../../../src/shared/call.ts';
import type { DialConfirm, DialRequest, DialSource, RecentCall } from '../../../../src/shared/dial.ts';
import type { Settings } from '../../../../src/shared/settings.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { ScriptedPbx } from '../../calls/support/scripted-pbx.ts';
import { ADA, leg, NINE } from '../../calls/support/sessions.ts';

export const SOURCES = Object.keys(DEFAULT_SETTINGS.dialling.confirm) as DialSource[];

/** The way out of a desk on a clock that a test moves, with a PBX that answers at once. */
export class FlowDesk {
  readonly clock = new ManualClock(NINE);
  readonly pbx = new ScriptedPbx(this.clock);
  /** What the PBX was asked to dial, in order. */
  readonly dialled: CreateSession[] = [];
  settings: Settings = structuredClone(DEFAULT_SETTINGS);
  extension: string | null = '1001';
  calls: Call[] = [];
  recents: RecentCall[] = [];
  /** How often the window was brought up. */
  attention = 0;
  readonly flow = new DialFlow({
    clock: this.clock,
    settings: () => this.settings,
    extension: () => this.extension,
    ownHosts: () => [],
    calls: () => this.calls,
    recents: () => this.recents,
    openPlacer: (onChange) =>
      new CallPlacer({
        store: new CallStore({ clock: this.clock, own: () => ADA }),
        pbx: () => this.pbx,
        live: () => null,
        clock: this.clock,
        tellsSteps: () => false,
        onChange,
        onEnded: () => undefined,
      }),
    onChange: () => undefined,
    onAttention: () => (this.attention += 1),
  });

  constructor(confirm: DialConfirm | Partial<Settings['dialling']['confirm']> = {}) {
    const { dialling } = this.settings;
    const all = typeof confirm === 'string' ? Object.fromEntries(SOURCES.map((source) => [source, confirm])) : confirm;
    this.settings = { ...this.settings, dialling: { ...dialling, confirm: { ...dialling.confirm, ...all } } };
    this.pbx.legsOfNewCall = (body) => {
      this.dialled.push(body);
      return [leg(body.callee, body.caller)];
    };
  }

  /** Dials a text as its source does: from the window, or from elsewhere. */
  async wish(text: string, source: DialSource): Promise<void> {
    await (source === 'typed' ? this.flow.place(text, source) : this.flow.request(text, source));
  }

  get request(): DialRequest | null {
    return this.flow.state.request;
  }

  get guards(): string[] {
    return this.request?.guards.map(({ id }) => id) ?? [];
  }

  answer(accept: boolean, choice?: number): ReturnType<DialFlow['answer']> {
    return this.flow.answer(this.request?.id ?? '', accept, choice);
  }

  get numbers(): string[] {
    return this.dialled.map(({ callee }) => callee);
  }
}
