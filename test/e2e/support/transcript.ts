import type { CDPSession, Page } from 'playwright-core';

interface AxValue {
  value?: unknown;
}

interface AxNode {
  nodeId: string;
  parentId?: string;
  ignored: boolean;
  role?: AxValue;
  name?: AxValue;
  description?: AxValue;
  properties?: { name: string; value: AxValue }[];
  childIds?: string[];
}

/** Roles that a screen reader does not speak; what is inside them is read on its own. */
const SILENT = new Set([
  'generic',
  'none',
  'paragraph',
  'InlineTextBox',
  'LineBreak',
  'ListMarker',
  'LabelText',
  'sectionheader',
]);
/** Some versions of Chromium list a form without a name, others do not. */
const SILENT_WITHOUT_NAME = new Set(['image', 'form']);
/** Roles whose name is all that is read of them. */
const NAMED_BY_CONTENT = new Set(['button', 'link', 'heading', 'option', 'tab', 'switch', 'checkbox', 'radio']);
const STATES = ['expanded', 'checked', 'pressed', 'selected', 'disabled', 'invalid', 'focused', 'live'];

/**
 * What a screen reader gets of the page, from Chromium's own accessibility tree: one line for each role or text, indented
 * as they contain each other. Times and durations are written as 0:00.
 */
export async function transcriptOf(page: Page): Promise<string> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines: string[] = [];
  const [root] = nodes;
  if (root !== undefined) read(root, 0, '');
  return `${lines.join('\n').replace(/\b\d{1,2}:\d{2}(?: [AP]M)?\b/g, '0:00')}\n`;

  function read(node: AxNode, depth: number, spoken: string): void {
    const role = text(node.role);
    const name = text(node.name).trim();
    let inner = depth;
    let said = spoken;
    if (!node.ignored && role === 'StaticText') {
      if (name !== '' && !spoken.includes(name)) lines.push(`${'  '.repeat(depth)}${name}`);
      return;
    }
    if (!node.ignored && !SILENT.has(role) && (name !== '' || !SILENT_WITHOUT_NAME.has(role))) {
      lines.push(`${'  '.repeat(depth)}${[role, name, ...statesOf(node)].filter((part) => part !== '').join(' · ')}`);
      inner += 1;
      said = NAMED_BY_CONTENT.has(role) ? name : '';
    }
    for (const id of node.childIds ?? []) {
      const child = byId.get(id);
      if (child !== undefined) read(child, inner, said);
    }
  }
}

const text = (value: AxValue | undefined): string => (typeof value?.value === 'string' ? value.value : '');

function statesOf({ properties = [], description }: AxNode): string[] {
  const states = properties
    .filter(({ name, value }) => STATES.includes(name) && ![false, 'false', 'off'].includes(value.value as string))
    .map(({ name, value }) =>
      [true, 'true'].includes(value.value as string) ? name : `${name} ${String(value.value)}`,
    );
  const described = text(description);
  return described === '' ? states : [...states, `(${described})`];
}
