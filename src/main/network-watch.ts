import type { networkInterfaces } from 'node:os';
import { untilBeat, type Clock } from '../core/clock.ts';
import type { State } from '../shared/state.ts';

/** `none`: the program sends no requests; `calm`: the PBX answers; `urgent`: the PBX cannot be reached. */
export type NetworkNeed = 'none' | 'calm' | 'urgent';

/** How closely the network must be watched in this state. Pure. */
export function networkNeed({ account, calls }: Pick<State, 'account' | 'calls'>): NetworkNeed {
  // The demo PBX runs on this computer.
  if (account.status === 'signed-out' || account.demo) return 'none';
  return calls.link.status === 'live' || calls.link.status === 'forbidden' ? 'calm' : 'urgent';
}

export interface NetworkWatchOptions {
  clock: Clock;
  interfaces: typeof networkInterfaces;
  /** Another network, or one again: connections made over the last one are dead. */
  onChange: () => void;
}

/**
 * How often the addresses are read while the PBX cannot be reached: calls then show within two seconds after the network
 * returned. While everything works they are read on the beat, which wakes no sleeping processor of its own.
 */
const URGENT_MS = 500;

/**
 * Notices that this computer's addresses changed: a cable, a Wi-Fi, a VPN came or went. Electron tells the main process
 * nothing of it. What happens further out (a router, the PBX itself) cannot be noticed here; the pollers try that.
 */
export class NetworkWatch {
  readonly #options: NetworkWatchOptions;
  #need: NetworkNeed = 'none';
  #last = '';
  #cancel: () => void = () => undefined;

  constructor(options: NetworkWatchOptions) {
    this.#options = options;
  }

  /** Cheap enough to call at every change of the state. */
  needs(need: NetworkNeed): void {
    if (need === this.#need) return;
    // Before there was no connection that a change could have cut.
    if (this.#need === 'none') this.#last = this.#look();
    this.#need = need;
    this.#wait();
  }

  stop(): void {
    this.needs('none');
  }

  #wait(): void {
    this.#cancel();
    if (this.#need === 'none') return;
    this.#cancel = this.#options.clock.after(
      this.#need === 'urgent' ? URGENT_MS : untilBeat(this.#options.clock),
      () => {
        const now = this.#look();
        const changed = now !== this.#last;
        this.#last = now;
        this.#wait();
        // Without any address there is nothing to try.
        if (changed && now !== '') this.#options.onChange();
      },
    );
  }

  /** Addresses by interface; '' when there are none, or when the system does not tell. */
  #look(): string {
    try {
      return Object.entries(this.#options.interfaces())
        .flatMap(([name, addresses = []]) =>
          addresses
            .filter(({ internal, address }) => !internal && isRoutable(address))
            .map(({ address }) => `${name} ${withoutHost(address)}`),
        )
        .filter((line, index, all) => all.indexOf(line) === index)
        .toSorted()
        .join(',');
    } catch {
      return '';
    }
  }
}

/** Link-local addresses (RFC 3927, RFC 4291) reach no PBX; a container that starts adds some. */
const isRoutable = (address: string): boolean => !/^(169\.254\.|fe[89ab][0-9a-f]:)/i.test(address);

/** Of IPv6 the network alone: temporary addresses (RFC 8981) change daily without anything being cut off. */
function withoutHost(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::', 2);
  const before = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  // "::" stands for the zeros that are missing to make eight groups.
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return groups.slice(0, 4).join(':');
}
