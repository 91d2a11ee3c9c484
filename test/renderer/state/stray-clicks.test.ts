import { beforeEach, expect, test } from 'vitest';
import { StrayClicks } from '../../../src/renderer/state/stray-clicks.ts';

let now = 0;
let clicks: StrayClicks;

beforeEach(() => {
  now = 10_000;
  clicks = new StrayClicks(() => now);
  document.body.innerHTML = `
    <button id="hang-up"><svg></svg></button><button id="call"></button>
    <div data-docked><button id="no"></button></div><p id="text"></p>`;
});

const on = (id: string, detail = 1) => ({ target: document.querySelector(id), detail, clientX: 40, clientY: 300 });

test('a click counts if no part of the window has moved', () => {
  expect(clicks.isStray(on('#hang-up'))).toBe(false);
});

test('a click within half a second after a part moved is ignored', () => {
  clicks.moved();
  now += 499;
  expect(clicks.isStray(on('#hang-up svg'))).toBe(true);
  now += 1;
  expect(clicks.isStray(on('#hang-up'))).toBe(false);
});

test('parts docked to the edge do not delay clicks, and keys always count', () => {
  clicks.moved();
  expect(clicks.isStray(on('#no'))).toBe(false);
  expect(clicks.isStray(on('#hang-up', 0))).toBe(false);
});

test('the second click of a double click counts only on the same control', () => {
  clicks.isStray(on('#call'));
  expect(clicks.isStray(on('#hang-up', 2))).toBe(true);
  clicks.isStray(on('#call'));
  expect(clicks.isStray(on('#call', 2))).toBe(false);
  clicks.isStray(on('#text'));
  expect(clicks.isStray(on('#call', 2))).toBe(true);
});
