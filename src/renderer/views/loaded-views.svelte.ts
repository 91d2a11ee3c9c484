import type { Component } from 'svelte';
import type { ViewName } from '../../shared/ipc.ts';
import { messagesLoaded } from '../state/messages.svelte.ts';

/** The views of the window. */
export type ShownView = ViewName | 'sign-in';

/** Each view is in a file of its own, so that the window only loads the view that it shows. */
const FILES: Record<ShownView, () => Promise<{ default: Component }>> = {
  'sign-in': () => import('./SignIn.svelte'),
  calls: () => import('./Calls.svelte'),
  history: () => import('./History.svelte'),
  settings: () => import('./Settings.svelte'),
  rules: () => import('./Rules.svelte'),
  about: () => import('./About.svelte'),
  setup: () => import('./Setup.svelte'),
  guide: () => import('./Guide.svelte'),
};

let loaded = $state.raw<Partial<Record<ShownView, Component>>>({});

/** The component of a view; null until it is loaded. */
export function loadedView(view: ShownView): Component | null {
  return loaded[view] ?? null;
}

/** Resolves when the view can be shown, in the current language. */
export async function loadView(view: ShownView): Promise<void> {
  if (loaded[view] !== undefined) return;
  const { default: component } = await FILES[view]();
  await messagesLoaded();
  loaded = { ...loaded, [view]: component };
}
