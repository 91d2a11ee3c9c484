import type { RulesFileProblem } from '../../shared/rule-problem.ts';
import type { RuleProblemTexts } from '../rule-problems.ts';

/** Each stands beside a field of the rules, or after the name of one in a file. */
export const problems: RuleProblemTexts = {
  'too-long': ({ max }) => `Use at most ${max} characters.`,
  'word-unknown': ({ words }) => `Use one of ${words.join(', ')}.`,
  'rules-too-many': ({ max }) => `Keep at most ${max} rules.`,
  'pattern-invalid': ({ detail }) =>
    detail === '' ? "This pattern isn't valid." : `This pattern isn't valid: ${detail}.`,
  'extension-digits': ({ max }) => `Enter how many digits, from 1 to ${max}, the smaller number first: 3-5.`,
  'group-unknown': ({ group }) => `The pattern has no group ${group}. $0 stands for the whole number.`,
  'group-without-pattern': ({ group }) =>
    `Without a pattern there is no group ${group}. $0 stands for the whole number.`,
  'never-reached': ({ name }) => `Never reached: “${name}” above is for the same numbers. Move this rule up.`,
  'format-unknown': ({ format }) => `Use "${format}". Other files hold no dial rules.`,
  'not-a-text': 'Enter a text in quotes.',
  'not-a-switch': 'Enter true or false.',
  'not-a-rule': 'Enter a rule in { }.',
  'not-a-list': 'Enter a list of rules.',
  'not-an-object': 'The file holds no object { }.',
  'version-invalid': 'Enter 1.',
  'field-unknown': 'There is no such field. Correct its name, or leave it out.',
  'not-one-line': 'Use one line without invisible characters.',
  'id-invalid': 'Use 1 to 64 letters, digits, _ or -.',
  'id-taken': 'Another rule has this id.',
  'name-empty': 'Give the rule a name.',
  'pattern-empty': 'Enter the pattern.',
  'pattern-too-large': 'This pattern repeats too much. Use smaller counts in the { }.',
  'replacement-invalid': 'Use digits, * and #, $1 to $9 for groups, $0 for the whole number, and a + only in front.',
  'international-prefix-invalid': 'Use up to 8 digits, such as 00 or 011.',
  'outside-prefix-invalid': 'Use up to 8 digits, such as 0 or 9.',
  'country-invalid': 'Use the two capitals of a country, such as DE.',
  'area-code-invalid': 'Use up to 8 digits.',
  'zero-in-front': 'Leave out the 0 in front.',
  'country-unset': 'Choose your country first: without it no number is national or international.',
  'replacement-empty': 'Enter what is dialled instead.',
  'international-prefix-empty': 'Enter the digits that replace the +, such as 00.',
  'international-prefix-kept': 'Enter the digits that replace the + of other countries, such as 00.',
  'prefix-before-plus': 'Nothing can be dialled before a +. Choose a form without it.',
  'file-too-large': 'The file is larger than 256 kB.',
  'file-not-json': "The file isn't valid JSON: look for a missing comma, quote or bracket.",
  'file-newer': 'A newer Traydial wrote this file. Update this one first.',
};

export function placeInFile({ rule, field }: Omit<RulesFileProblem, 'problem'>): string {
  const name = rule === undefined || rule.name === '' ? '' : ` “${rule.name}”`;
  const place = rule === undefined ? [] : [`Rule ${rule.place}${name}`];
  return [...place, ...(field === undefined ? [] : [field])].join(', ');
}
