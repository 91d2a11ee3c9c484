/** A piece of a line; `strong` is set in bold. */
export interface GuideText {
  text: string;
  strong: boolean;
}

export type GuideBlock =
  | { type: 'heading'; text: GuideText[] }
  | { type: 'paragraph'; text: GuideText[] }
  | { type: 'list'; items: GuideText[][] }
  /** `name`: of the file, without its folder. */
  | { type: 'picture'; name: string; alt: string };

/**
 * Reads the Markdown of the user guide: headings of the second level, paragraphs, lists, pictures and bold text. The
 * title is left out, and everything else is plain text: nothing in it becomes HTML.
 */
export function readGuide(markdown: string): GuideBlock[] {
  return markdown
    .split(/\r?\n\s*\n/u)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('# '))
    .map(readBlock);
}

function readBlock(part: string): GuideBlock {
  const [, alt = '', name = ''] = /^!\[(.*)\]\((?:.*\/)?([^)/]+)\)$/u.exec(part) ?? [];
  if (name !== '') return { type: 'picture', name, alt };
  if (part.startsWith('## ')) return { type: 'heading', text: readText(part.slice(3)) };
  if (!part.startsWith('- ')) return { type: 'paragraph', text: readText(part) };
  return { type: 'list', items: part.slice(2).split(/\n- /u).map(readText) };
}

const readText = (text: string): GuideText[] =>
  text
    .replace(/\s*\n\s*/gu, ' ')
    .split('**')
    .map((piece, index) => ({ text: piece, strong: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
