import { CallPlacer } from '../../../../src/core/dial/placer.ts';
import { CallStore } from '../../../../src/core/calls/store.ts';
import { DialFlow } from '../../../../src/core/dial/dial-flow.ts';
import type { CreateSession } from '../../../../src/core/pbx/types.ts';
import { DEFAULT_SETTINGS } from '../../../../src/core/settings/defaults.ts';
import type { Call } from '../../../../src/shared/call.ts';
import type { DialConfirm, DialQuestion, RecentCall } from '../../../../src/shared/dial.ts';
import { isFromElsewhere, type Origin } from '../../../../src/shared/provenance.ts';
import type { Settings } from '../../../../src/shared/settings.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { ScriptedPbx } from '../../calls/support/scripted-pbx.ts';
import { ADA, leg, NINE } from '../../calls/support/sessions.ts';

export const ORIGINS = Object.keys(DEFAULT_SETTINGS.dialling.confirm) as Origin[];

/** A missed call of a stranger. */
export const missed = (number: string, more: Partial<RecentCall> = {}): RecentCall => ({
  id: number,
  number,
  name: 'Anna Berg',
  direction: 'incoming',
  outcome: 'missed',
  at: 1,
  seconds: null,
  provenance: 'caller',
  ...more,
});

/** The dialling of a desk in the US on a manual clock, with a PBX that answers at once. */
export class FlowDesk {
  readonly clock = new ManualClock(NINE);
  readonly pbx = new ScriptedPbx(this.clock);
  /** The requested calls, in order. */
  readonly dialled: CreateSession[] = [];
  settings: Settings = structuredClone(DEFAULT_SETTINGS);
  extension: string | null = '1001';
  isCountryProvisional = false;
  calls: Call[] = [];
  /** Whether no source has reported the calls for some time. */
  areCallsStale = false;
  recents: RecentCall[] = [];
  /** The calls that the user ended. */
  readonly endedHere = new Set<string>();
  /** How often the window was asked to open. */
  attention = 0;
  /** Whether the window is on the screen; null if it never opens. */
  visible: boolean | null = true;
  readonly flow = new DialFlow({
    clock: this.clock,
    settings: () => this.settings,
    extension: () => this.extension,
    ownHosts: () => [],
    isCountryProvisional: () => this.isCountryProvisional,
    endedHere: this.endedHere,
    isLive: (id) => (this.areCallsStale ? null : this.#has(id)),
    calls: () => ({ mine: this.calls.filter(({ mine }) => mine), has: (id) => this.#has(id) }),
    recents: () => this.recents,
    nameOf: () => '',
    openPlacer: (onChange) =>
      new CallPlacer({
        store: new CallStore({ clock: this.clock, own: () => ADA }),
        pbx: () => this.pbx,
        live: () => null,
        clock: this.clock,
        reportsSteps: () => false,
        onChange,
        onEnded: () => undefined,
      }),
    onChange: () => undefined,
    onAttention: () => {
      this.attention += 1;
      if (this.visible !== null) this.visible = true;
    },
    isVisible: () => this.visible === true,
  });

  constructor(confirm: DialConfirm | Partial<Settings['dialling']['confirm']> = {}, country = 'US') {
    const { dialling } = this.settings;
    const all = typeof confirm === 'string' ? Object.fromEntries(ORIGINS.map((origin) => [origin, confirm])) : confirm;
    this.settings = { ...this.settings, dialling: { ...dialling, country, confirm: { ...dialling.confirm, ...all } } };
    this.pbx.legsOfNewCall = (body) => {
      this.dialled.push(body);
      return [leg(body.callee, body.caller)];
    };
  }

  /** Dials a text from where numbers of this origin are clicked or typed: in the window, or elsewhere. */
  async dial(text: string, origin: Origin): Promise<void> {
    await (isFromElsewhere(origin) ? this.flow.dial(text, origin) : this.flow.place(text, origin));
  }

  #has(id: string): boolean {
    return this.calls.some((call) => call.id === id);
  }

  get question(): DialQuestion | null {
    return this.flow.state.question;
  }

  get guards(): string[] {
    return this.question?.guards.map(({ id }) => id) ?? [];
  }

  answer(accept: boolean, choice?: number): ReturnType<DialFlow['answer']> {
    return this.flow.answer(this.question?.id ?? '', accept, choice);
  }

  get numbers(): string[] {
    return this.dialled.map(({ callee }) => callee);
  }
}
