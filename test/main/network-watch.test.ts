import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { networkNeed, NetworkWatch, type NetworkNeed } from '../../src/main/network-watch.ts';
import { localAddressFinder } from '../../src/main/local-address.ts';
import { stateWith } from './tray/state-fixture.ts';
import { ManualClock } from '../support/manual-clock.ts';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

const of = (...addresses: string[]): NetworkInterfaceInfo[] =>
  addresses.map((address) =>
    address.includes(':')
      ? { address, netmask: '', mac: '', internal: false, family: 'IPv6', cidr: null, scopeid: 0 }
      : { address, netmask: '', mac: '', internal: address === '127.0.0.1', family: 'IPv4', cidr: null },
  );

/** `from`: the interface whose address reaches the PBX; null when that is not known. */
function watched(interfaces: Interfaces, need: NetworkNeed = 'urgent', from: string | null = null) {
  const clock = new ManualClock();
  const desk = { interfaces, changes: 0, clock, from };
  const watch = new NetworkWatch({
    clock,
    interfaces: () => desk.interfaces,
    localAddress: () => Promise.resolve(desk.interfaces[desk.from ?? '']?.[0]?.address ?? null),
    onChange: () => {
      desk.changes += 1;
    },
  });
  watch.setNeed(need);
  return { desk, watch };
}

test('a network that returns is detected within half a second, and one that disappears causes no reconnect', async () => {
  const { desk } = watched({ lo: of('127.0.0.1'), wlan0: of('192.168.1.20') });
  desk.interfaces = { lo: of('127.0.0.1') };
  await desk.clock.advance(60_000);
  expect(desk.changes).toBe(0);
  desk.interfaces = { lo: of('127.0.0.1'), wlan0: of('192.168.1.20') };
  await desk.clock.advance(500);
  expect(desk.changes).toBe(1);
  await desk.clock.advance(60_000);
  expect(desk.changes).toBe(1);
});

test('another network or a VPN is detected, and the order of the addresses does not matter', async () => {
  const { desk } = watched({ wlan0: of('192.168.1.20'), eth0: of('10.0.0.2') });
  desk.interfaces = { eth0: of('10.0.0.2'), wlan0: of('192.168.1.20') };
  await desk.clock.advance(1_000);
  expect(desk.changes).toBe(0);
  desk.interfaces = { eth0: of('10.0.0.2'), wlan0: of('172.16.0.9') };
  await desk.clock.advance(1_000);
  desk.interfaces = { ...desk.interfaces, tun0: of('10.8.0.3') };
  await desk.clock.advance(1_000);
  expect(desk.changes).toBe(2);
});

test.each([
  ['the temporary addresses that IPv6 takes every day', '2001:db8:1:2:aaaa::1', '2001:db8:1:2:bbbb::7'],
  ['those of a network whose number is written short', '2001:db8::aaaa:bbbb:cccc:dddd', '2001:db8::1:2:3:4'],
  ['those of a local network', 'fd00::1c2d:3e4f:5a6b:7c8d', 'fd00::9a9b:1111:2222:3333'],
])('%s does not count as a change', async (_what, before, after) => {
  const { desk } = watched({ wlan0: of(before) });
  desk.interfaces = { wlan0: of(after) };
  await desk.clock.advance(1_000);
  expect(desk.changes).toBe(0);
});

test('another IPv6 network is detected', async () => {
  const { desk } = watched({ wlan0: of('2001:db8::1:2:3:4') });
  desk.interfaces = { wlan0: of('2001:db8:0:1::1:2:3') };
  await desk.clock.advance(1_000);
  expect(desk.changes).toBe(1);
});

test('a container that starts with link-local addresses only does not count as a change', async () => {
  const { desk } = watched({ wlan0: of('192.168.1.20') });
  desk.interfaces = { ...desk.interfaces, veth1: of('fe80::42:acff:fe11:2'), usb0: of('169.254.7.1') };
  await desk.clock.advance(1_000);
  expect(desk.changes).toBe(0);
});

test.each([
  ['a container', 'docker0', '172.17.0.1'],
  ['another container', 'br-4f2c19aa01de', '172.18.0.1'],
  ['a virtual machine', 'virbr0', '192.168.122.1'],
  ['a subsystem of Windows', 'vEthernet (WSL)', '172.27.96.1'],
  ['a VPN that does not carry the connection', 'tun0', '10.8.0.3'],
])('the interface of %s that appears or goes is not a change', async (_what, name, address) => {
  const own = { lo: of('127.0.0.1'), wlan0: of('192.168.1.20') };
  const { desk } = watched(own, 'normal', 'wlan0');
  await desk.clock.advance(15_000);
  desk.interfaces = { ...own, [name]: of(address) };
  await desk.clock.advance(60_000);
  desk.interfaces = own;
  await desk.clock.advance(60_000);
  expect(desk.changes).toBe(0);
});

test('a VPN that carries the connection is detected, also when its routes come after its address', async () => {
  const own = { wlan0: of('192.168.1.20') };
  const { desk } = watched(own, 'normal', 'wlan0');
  await desk.clock.advance(15_000);
  desk.interfaces = { ...own, tun0: of('10.8.0.3') };
  await desk.clock.advance(15_000);
  expect(desk.changes).toBe(0);
  desk.from = 'tun0';
  await desk.clock.advance(15_000);
  expect(desk.changes).toBe(1);
  desk.interfaces = own;
  desk.from = 'wlan0';
  await desk.clock.advance(60_000);
  expect(desk.changes).toBe(2);
});

test('the network that carries the connection is detected when it goes and returns', async () => {
  const { desk } = watched({ wlan0: of('192.168.1.20') }, 'urgent', 'wlan0');
  await desk.clock.advance(1_000);
  desk.interfaces = { docker0: of('172.17.0.1') };
  await desk.clock.advance(5_000);
  const gone = desk.changes;
  desk.interfaces = { docker0: of('172.17.0.1'), wlan0: of('192.168.1.20') };
  await desk.clock.advance(1_000);
  expect(desk.changes).toBe(gone + 1);
  desk.interfaces = { docker0: of('172.17.0.1'), wlan0: of('10.0.0.2') };
  await desk.clock.advance(1_000);
  expect(desk.changes).toBe(gone + 2);
});

test('a PBX on this computer counts as reachable on any network', async () => {
  const { desk } = watched({ lo: of('127.0.0.1'), wlan0: of('192.168.1.20') }, 'normal', 'lo');
  await desk.clock.advance(15_000);
  desk.interfaces = { lo: of('127.0.0.1'), wlan0: of('10.0.0.2') };
  await desk.clock.advance(60_000);
  expect(desk.changes).toBe(0);
});

test('the address from which a computer is reached is known by the routes of the system', async () => {
  expect(await localAddressFinder()('127.0.0.1')).toBe('127.0.0.1');
});

test('the addresses are read every 15 seconds while the PBX answers, and every half second while it does not', async () => {
  const { desk, watch } = watched({ wlan0: of('192.168.1.20') }, 'normal');
  desk.interfaces = { wlan0: of('10.0.0.2') };
  await desk.clock.advance(14_999);
  expect(desk.changes).toBe(0);
  await desk.clock.advance(1);
  expect(desk.changes).toBe(1);
  watch.setNeed('urgent');
  desk.interfaces = { wlan0: of('10.0.0.3') };
  await desk.clock.advance(500);
  expect(desk.changes).toBe(2);
});

test('while signed out no addresses are read, and a change in that time is not reported', async () => {
  const { desk, watch } = watched({ wlan0: of('192.168.1.20') }, 'none');
  expect(desk.clock.pending()).toEqual([]);
  desk.interfaces = { wlan0: of('10.0.0.2') };
  watch.setNeed('normal');
  await desk.clock.advance(60_000);
  expect(desk.changes).toBe(0);
  watch.setNeed('none');
  expect(desk.clock.pending()).toEqual([]);
});

test('a system without readable addresses and a stopped watch report no changes', async () => {
  const { desk, watch } = watched({ eth0: of('10.0.0.2') });
  const interfaces = desk.interfaces;
  Object.defineProperty(desk, 'interfaces', {
    configurable: true,
    get: () => {
      throw new Error('EPERM');
    },
  });
  await desk.clock.advance(1_000);
  Object.defineProperty(desk, 'interfaces', { value: interfaces, writable: true });
  watch.stop();
  await desk.clock.advance(10_000);
  expect(desk.changes).toBe(0);
});

test('the network is not watched while signed out or in the demo, and watched closely while the PBX does not answer', () => {
  const { account, calls } = stateWith({});
  const need = (change: Partial<typeof account>, list: typeof calls.list): NetworkNeed =>
    networkNeed({ account: { ...account, demo: false, status: 'signed-in', ...change }, calls: { ...calls, list } });
  const live = { status: 'live', at: 0 } as const;
  expect(need({}, live)).toBe('normal');
  expect(need({}, { status: 'starting' })).toBe('urgent');
  expect(need({ status: 'signing-in' }, { status: 'off' })).toBe('urgent');
  expect(need({ status: 'signed-out' }, { status: 'off' })).toBe('none');
  expect(need({ demo: true }, live)).toBe('none');
});
