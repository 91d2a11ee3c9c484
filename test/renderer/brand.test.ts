import { render } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import icon from '../../resources/icons/app-small.svg?raw';
import Brand from '../../src/renderer/components/Brand.svelte';

const drawn = (svg: string): string[] => [...svg.matchAll(/ d="([^"]+)"/g)].map(([, path = '']) => path);

test('the mark in the window is the application icon', () => {
  const { container } = render(Brand);
  expect(drawn(container.innerHTML)).toEqual(drawn(icon));
});
