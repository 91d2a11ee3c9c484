/** One instruction of an NSIS script, macros expanded and quotes taken off. */
export interface Instruction {
  /** The name as written, e.g. WriteRegStr or ${If}. */
  name: string;
  args: string[];
  /** The number of surrounding ${If} blocks; 0: it always runs. */
  depth: number;
}

/** The words of a line. A quote must open a word and be closed by the same one; ";" and "#" start a comment. */
export function splitLine(line: string): string[] {
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== '' && !/^[;#]/.test(rest)) {
    const quote = /^["'`]/.exec(rest)?.[0];
    const end = quote === undefined ? rest.search(/\s|$/) : rest.indexOf(quote, 1);
    if (end < 0) throw new Error(`unbalanced ${quote ?? ''} in: ${line}`);
    words.push(rest.slice(quote === undefined ? 0 : 1, end));
    const after = rest.slice(quote === undefined ? end : end + 1);
    if (after !== '' && !/^\s/.test(after)) throw new Error(`text glued to a quote in: ${line}`);
    rest = after.trim();
  }
  return words;
}

interface Macro {
  parameters: string[];
  lines: string[][];
}

function readMacros(source: string): Map<string, Macro> {
  const macros = new Map<string, Macro>();
  let open: Macro | null = null;
  for (const words of source.split('\n').map(splitLine)) {
    const [keyword = '', name = '', ...parameters] = words;
    if (keyword === '!macro') macros.set(name, (open = { parameters, lines: [] }));
    else if (keyword === '!macroend') open = null;
    else if (open !== null && words.length > 0) open.lines.push(words);
  }
  return macros;
}

/**
 * The commands that `!insertmacro name` runs, in order. Reads the part of NSIS that installer.nsh uses and throws for
 * the rest.
 */
export function expandMacro(source: string, name: string): Instruction[] {
  const macros = readMacros(source);
  const result: Instruction[] = [];
  let depth = 0;
  const run = (macroName: string, args: string[]) => {
    const macro = macros.get(macroName);
    if (macro === undefined) throw new Error(`no macro ${macroName}`);
    const fill = (word: string) =>
      macro.parameters.reduce((text, parameter, i) => text.replaceAll(`\${${parameter}}`, args[i] ?? ''), word);
    for (const line of macro.lines) {
      const [keyword = '', ...words] = line.map(fill);
      if (keyword === '!insertmacro') run(words[0] ?? '', words.slice(1));
      else if (keyword === '${If}' || keyword === '${IfNot}') depth++;
      else if (keyword === '${EndIf}') depth--;
      else if (/^[$!]/.test(keyword)) throw new Error(`not understood: ${keyword}`);
      else result.push({ name: keyword, args: words, depth });
    }
  };
  run(name, []);
  return result;
}
