import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { oneTabStop } from '../../../src/renderer/lib/one-tab-stop.ts';

let release = (): void => undefined;

afterEach(() => {
  release();
  document.body.replaceChildren();
});

function group(html: string): HTMLElement {
  document.body.innerHTML = `<button>Before</button><div id="group">${html}</div><button>After</button>`;
  const element = document.querySelector<HTMLElement>('#group');
  if (element === null) throw new Error('no group');
  release = oneTabStop(element);
  return element;
}

const named = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
const focused = (): string | null => document.activeElement?.textContent ?? null;

test('Tab stops at one button of a group; the arrow keys, Home and End move between its buttons', async () => {
  const user = userEvent.setup();
  group('<button>A</button><p><button>B</button></p><button>C</button>');
  named('Before').focus();
  const seen: (string | null)[] = [];
  for (const key of [
    '{Tab}',
    '{ArrowRight}',
    '{ArrowDown}',
    '{ArrowRight}',
    '{ArrowLeft}',
    '{Home}',
    '{End}',
    '{Tab}',
  ]) {
    await user.keyboard(key);
    seen.push(focused());
  }
  expect(seen).toEqual(['A', 'B', 'C', 'C', 'B', 'A', 'C', 'After']);
  await user.tab({ shift: true });
  expect(focused()).toBe('C');
});

test('removing a button moves its tab stop to another one, and adding a button adds no second stop', async () => {
  const element = group('<button>A</button><button>B</button>');
  named('A').remove();
  await vi.waitFor(() => expect(named('B').tabIndex).toBe(0));
  element.append(Object.assign(document.createElement('button'), { textContent: 'C' }));
  await vi.waitFor(() => expect(named('C').tabIndex).toBe(-1));
});

test('the entries of a menu do not belong to the group of the button that opened it', () => {
  group('<button aria-expanded="true">Menu</button><ul><li><button>Entry</button></li></ul><button>B</button>');
  expect(['Menu', 'Entry', 'B'].map((name) => named(name).tabIndex)).toEqual([0, 0, -1]);
});
