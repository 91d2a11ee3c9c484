import type { networkInterfaces } from 'node:os';
import type { Clock } from '../core/clock.ts';
import type { State } from '../shared/state.ts';

/** How much depends on the network: `none` asks nobody, `calm` has its answers, `urgent` waits for a way to the PBX. */
export type NetworkNeed = 'none' | 'calm' | 'urgent';

/** What the state of the program asks of the network. Pure. */
export function networkNeed({ account, calls }: Pick<State, 'account' | 'calls'>): NetworkNeed {
  // The demo PBX is in this computer.
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
 * Each look wakes a sleeping processor, so there are few while everything works. While it does not, a look every half
 * second shows calls within two seconds of the network's return.
 */
const LOOK_EVERY_MS: Record<Exclude<NetworkNeed, 'none'>, number> = { calm: 10_000, urgent: 500 };

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

  /** Cheap to call at every change of what the program knows. */
  needs(need: NetworkNeed): void {
    if (need === this.#need) return;
    // Whoever asked nobody has no connections that could be dead.
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
    this.#cancel = this.#options.clock.after(LOOK_EVERY_MS[this.#need], () => {
      const now = this.#look();
      const changed = now !== this.#last;
      this.#last = now;
      this.#wait();
      // Without any address there is nothing to try.
      if (changed && now !== '') this.#options.onChange();
    });
  }

  /** Addresses by interface; '' when there are none, or when the system does not tell. */
  #look(): string {
    try {
      return Object.entries(this.#options.interfaces())
        .flatMap(([name, addresses = []]) =>
          addresses
            .filter(({ internal, address }) => !internal && leadsOut(address))
            .map(({ address }) => `${name} ${steady(address)}`),
        )
        .filter((line, index, all) => all.indexOf(line) === index)
        .toSorted()
        .join(',');
    } catch {
      return '';
    }
  }
}

/** Link-local addresses (RFC 3927, RFC 4291) reach no PBX; a container that starts brings some along. */
const leadsOut = (address: string): boolean => !/^(169\.254\.|fe[89ab][0-9a-f]:)/i.test(address);

/** Of IPv6 the network alone: temporary addresses (RFC 8981) change daily without anything being cut off. */
function steady(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::', 2);
  const before = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  // "::" stands for as many zeros as are missing to eight groups.
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return groups.slice(0, 4).join(':');
}
