import { render, screen } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import App from '../../../src/renderer/App.svelte';
import { FakeBridge } from './fake-bridge.ts';
import { type StateChanges, state } from './samples.ts';

export interface Opened {
  bridge: FakeBridge;
  user: UserEvent;
}

/** Opens the whole window on a state; `prepare` sets answers before anything is asked. */
export async function openWindow(
  changes: StateChanges = {},
  prepare: (bridge: FakeBridge) => void = () => undefined,
): Promise<Opened> {
  const bridge = new FakeBridge(state(changes));
  prepare(bridge);
  render(App, { props: { bridge } });
  await screen.findByRole('heading', { level: 1 });
  return { bridge, user: userEvent.setup() };
}

export const dialField = (): HTMLInputElement => screen.getByLabelText<HTMLInputElement>('Number to call');
