export interface HostileName {
  /** The special property; part of the test's name. */
  what: string;
  /** As a PBX could send it. */
  raw: string;
  /** The part that must be visible to a reader; '' if there is none. */
  seen: string;
}

const C = (...points: number[]): string => String.fromCodePoint(...points);

/** Caller names that a stranger could choose to hide, to mislead or to break what shows them. */
export const HOSTILE_NAMES: readonly HostileName[] = [
  { what: 'a short option', raw: '-u', seen: '-u' },
  { what: 'a short option with a value', raw: '-t 1', seen: '-t 1' },
  { what: 'an option that ends programs', raw: '--help', seen: '--help' },
  { what: 'an option that prints the version', raw: '--version', seen: '--version' },
  { what: 'an option with a value', raw: '--urgency=low', seen: '--urgency=low' },
  { what: 'an option that waits', raw: '--wait', seen: '--wait' },
  { what: 'an option that asks for a reply', raw: '-A yes=Accept', seen: '-A yes=Accept' },
  { what: 'the end of options', raw: '--', seen: '--' },
  { what: 'a single dash', raw: '-', seen: '-' },
  { what: 'an option behind a tab', raw: '\t--help', seen: '--help' },
  { what: 'an option behind a line break', raw: '\n-u critical', seen: '-u critical' },
  { what: 'an option behind an invisible character', raw: `${C(0x200b)}--help`, seen: '--help' },
  { what: 'double quotes', raw: '"Anna" Berg', seen: '"Anna" Berg' },
  { what: 'a closing quote and a second command', raw: '"; touch hacked; echo "', seen: '"; touch hacked; echo "' },
  { what: 'single quotes', raw: "Sinéad O'Connor' 'x", seen: "Sinéad O'Connor' 'x" },
  { what: 'back ticks', raw: '`touch hacked`', seen: '`touch hacked`' },
  { what: 'a command substitution', raw: '$(touch hacked)', seen: '$(touch hacked)' },
  { what: 'a quoted command substitution', raw: '"$(touch hacked)"', seen: '"$(touch hacked)"' },
  { what: 'an escaped command substitution', raw: '\\$(touch hacked)', seen: '\\$(touch hacked)' },
  { what: 'a variable', raw: '$HOME ${PATH}', seen: '$HOME ${PATH}' },
  { what: 'a pipe and an ampersand', raw: 'a | touch hacked & b', seen: 'a | touch hacked & b' },
  { what: 'a redirection', raw: 'a > hacked', seen: 'a > hacked' },
  { what: 'a history expansion', raw: '!! !touch', seen: '!! !touch' },
  { what: 'wildcards', raw: '* ~ ?', seen: '* ~ ?' },
  { what: 'a trailing backslash', raw: 'Anna\\', seen: 'Anna\\' },
  { what: 'backslashes', raw: 'DOM\\anna\\\\berg\\n', seen: 'DOM\\anna\\\\berg\\n' },
  { what: 'an octal escape', raw: '\\074b\\076', seen: '\\074b\\076' },
  { what: 'a NUL', raw: 'An\0na', seen: 'Anna' },
  { what: 'a NUL in front', raw: '\0Anna', seen: 'Anna' },
  { what: 'line breaks', raw: 'Anna\r\nBerg\nBig\u2028Corp', seen: 'Anna Berg Big Corp' },
  { what: 'a line break and a command', raw: 'Anna\ntouch hacked\n', seen: 'Anna touch hacked' },
  { what: 'a terminal escape', raw: '\u001b[31mAnna\u001b[0m\u0007', seen: '[31mAnna[0m' },
  { what: 'bold markup', raw: '<b>Anna</b>', seen: '<b>Anna</b>' },
  { what: 'a link', raw: '<a href="https://example.com">Bank</a>', seen: '<a href="https://example.com">Bank</a>' },
  { what: 'an image', raw: '<img src="file:///etc/passwd" alt="x"/>', seen: '<img src="file:///etc/passwd" alt="x"/>' },
  { what: 'broken markup', raw: '<b>Anna</i> <', seen: '<b>Anna</i> <' },
  { what: 'an entity', raw: 'Berg &amp; Co', seen: 'Berg &amp; Co' },
  { what: 'an ampersand', raw: 'Berg & Co', seen: 'Berg & Co' },
  { what: 'a format placeholder', raw: '%s %n %%s', seen: '%s %n %%s' },
  { what: 'a right-to-left override', raw: `Anna ${C(0x202e)}gpj.exe`, seen: 'Anna gpj.exe' },
  { what: 'bidi isolates and marks', raw: `${C(0x2067, 0x200f)}Anna${C(0x2069, 0x61c)}`, seen: 'Anna' },
  { what: 'zero-width characters', raw: C(65, 0x200b, 110, 0xfeff, 110, 0x2060, 97, 0xad), seen: 'Anna' },
  { what: 'Zalgo marks', raw: `A${'\u0301'.repeat(60)}nna`, seen: `A${'\u0301'.repeat(4)}nna`.normalize('NFD') },
  { what: 'half a surrogate pair', raw: `Anna \ud83d`, seen: 'Anna \ufffd' },
  { what: 'emoji', raw: '👩‍👩‍👧 Team ❤️', seen: '👩‍👩‍👧 Team ❤️' },
  { what: 'Arabic', raw: 'سارة العلي', seen: 'سارة العلي' },
  { what: 'Persian with a joiner', raw: `می${C(0x200c)}خواهم`, seen: `می${C(0x200c)}خواهم` },
  { what: 'Hebrew', raw: 'דנה כהן', seen: 'דנה כהן' },
  { what: 'Chinese', raw: '王小明', seen: '王小明' },
  { what: 'Hindi', raw: 'श्री क्ष', seen: 'श्री क्ष' },
  {
    what: '1,024 characters',
    raw: 'Anna '.repeat(205).slice(0, 1024),
    seen: `${'Anna '.repeat(16).slice(0, 79).trimEnd()}…`,
  },
  { what: '1,024 emoji', raw: '😀'.repeat(1024), seen: `${'😀'.repeat(39)}…` },
  { what: 'a plist array', raw: '[Anna]', seen: '[Anna]' },
  { what: 'a plist list', raw: '(Anna, Berg)', seen: '(Anna, Berg)' },
  { what: 'only control characters', raw: '\u0001\u0002\u0007\u001b\0', seen: '' },
  { what: 'only invisible characters', raw: C(0x200b, 0x3164, 0x202e, 0x2800, 0x2060), seen: '' },
  { what: 'only blanks', raw: ' \t\n ', seen: '' },
];
