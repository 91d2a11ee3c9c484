import { expect, test } from 'vitest';
import german from '../../../docs/guide.de.md?raw';
import english from '../../../docs/guide.md?raw';
import { readGuide } from '../../../src/renderer/lib/guide.ts';

test('headings, paragraphs, lists, pictures and bold text are read', () => {
  const text =
    '# Title\n\n## Calls\n\nOne line\nand **another**.\n\n- a\n- **b**: c\n  d\n\n![A call](pictures/call.png)\n';
  expect(readGuide(text)).toEqual([
    { type: 'heading', text: [{ text: 'Calls', strong: false }] },
    {
      type: 'paragraph',
      text: [
        { text: 'One line and ', strong: false },
        { text: 'another', strong: true },
        { text: '.', strong: false },
      ],
    },
    {
      type: 'list',
      items: [
        [{ text: 'a', strong: false }],
        [
          { text: 'b', strong: true },
          { text: ': c d', strong: false },
        ],
      ],
    },
    { type: 'picture', name: 'call.png', alt: 'A call' },
  ]);
});

test('shows HTML in the guide as text', () => {
  expect(readGuide('<img src=x onerror=alert(1)>')).toEqual([
    { type: 'paragraph', text: [{ text: '<img src=x onerror=alert(1)>', strong: false }] },
  ]);
});

test('the German guide has the same parts as the English one, in the same order', () => {
  expect(readGuide(german).map(({ type }) => type)).toEqual(readGuide(english).map(({ type }) => type));
});
