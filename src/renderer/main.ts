import { mount } from 'svelte';
import type { Bridge } from '../shared/ipc.ts';
import App from './App.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/rows.css';

declare global {
  interface Window {
    /** Defined by the preload script. The window has no other access to the system. */
    readonly traydial: Bridge;
  }
}

const target = document.getElementById('app');
if (target !== null) mount(App, { target, props: { bridge: window.traydial } });
