import type { DialRules, RuleForm, RuleTarget } from '../../shared/dial-rules.ts';
import type { RuleReason, SampleKind } from '../../shared/rule-bench.ts';
import { formatFor } from '../format.ts';
import { countries } from './countries.ts';
import { problems, placeInFile } from './rule-problems.ts';

const { plural } = formatFor('en');

const targets: Record<RuleTarget, string> = {
  public: 'All public numbers',
  national: 'Numbers of my country',
  international: 'Numbers of other countries',
  extension: 'Extensions',
  'short-code': 'Short codes',
  pattern: 'Numbers by pattern',
};
const forms: Record<RuleForm, string> = {
  'as-is': 'As it is',
  'without-plus': 'Without the +',
  'international-prefix': 'Digits instead of the +',
  national: 'National, with prefix (0, 1)',
  'national-without-zero': 'National, without prefix',
  replacement: 'By a replacement',
};
/** Within a sentence. */
const written: Record<Exclude<RuleForm, 'replacement'>, string> = {
  'as-is': 'as it is',
  'without-plus': 'without the +',
  'international-prefix': 'digits instead of the +',
  national: 'national form',
  'national-without-zero': 'national form without its prefix',
};
const kinds: Record<SampleKind, string> = {
  extension: 'Own extension',
  national: 'National',
  international: 'International',
  emergency: 'Emergency',
  premium: 'Premium',
};
const reasons: Record<RuleReason, string> = {
  emergency: 'emergency',
  'feature-code': 'feature code',
  rewritten: 'another number',
  'premium-rate': 'premium',
  satellite: 'satellite',
};
const places: Record<'country' | 'areaCode' | 'extensions', string> = {
  country: 'Country',
  areaCode: 'Area code',
  extensions: 'Extensions',
};

export const english = {
  title: 'Dial rules',
  back: 'Back to settings',
  list: 'Rules',
  intro:
    'Rules run top to bottom; the first match decides what is dialled. Emergency numbers and feature codes never change.',
  none: 'No rules yet. Public numbers are dialled with their +, everything else as it is.',
  count: ({ rules }: DialRules) => {
    const off = rules.filter(({ enabled }) => !enabled).length;
    const all = rules.length === 0 ? 'No rules' : plural(rules.length, { one: '# rule', other: '# rules' });
    return off === 0 ? all : `${all}, ${off} of them off`;
  },
  addGroup: 'Add a rule',
  add: (name: string) => `Add ${name}`,
  presets: {
    empty: 'New rule',
    outside: (digits: string) => `Outside line ${digits}`,
    zeros: (digits: string) => `${digits} instead of +`,
    national: 'National with 0',
    plus: 'Keep +',
  },
  import: 'Import…',
  export: 'Export…',
  use: (name: string) => `Use ${name}`,
  useTitle: 'Use this rule',
  moveUp: (name: string) => `Move ${name} up`,
  up: 'Up',
  moveDown: (name: string) => `Move ${name} down`,
  down: 'Down',
  remove: (name: string) => `Remove ${name}`,
  removeTitle: 'Remove',
  attention: 'needs your attention',
  off: (summary: string) => `Off · ${summary}`,
  form: {
    group: (name: string) => `Rule ${name}`,
    name: 'Name',
    target: 'For',
    pattern: 'Pattern',
    patternHint: 'For the whole number, such as \\+49(30)([0-9]+).',
    form: 'Dialled',
    replacement: 'Replacement',
    replacementHint: '$0 is the whole number, $1 to $9 are groups.',
    international: 'Instead of +',
    internationalHint: 'For numbers of other countries. Leave empty to keep the +.',
    outside: 'Outside line',
    outsideHint: 'Dialled first, such as 0 or 9.',
    trunk: 'Trunk',
    trunkHint: 'Trunk name. Leave empty to let the PBX choose.',
    callerId: 'Caller ID',
    callerIdHint: 'The number others see. Leave empty to let the PBX choose.',
    done: 'Done',
  },
  targets,
  forms,
  written,
  prefixInstead: (digits: string) => `${digits} instead of the +`,
  summary: (who: string, what: string, trunk: string, callerId: string) =>
    `${who}: ${what}${trunk === '' ? '' : `, trunk ${trunk}`}${callerId === '' ? '' : `, shown as ${callerId}`}`,
  bench: {
    title: 'Test',
    label: 'One number per line',
    cut: (lines: number) => `Only the first ${lines} lines are tested, and 1,000 characters of each.`,
    caption: 'What the PBX gets for each number',
    text: 'Text',
    saved: 'Saved rules',
    gets: 'The PBX gets',
    draft: 'Your draft',
    changed: 'Changed: ',
    choose: (count: number) => `Choose one of ${count} numbers`,
    notDialled: 'Not dialled',
    noRule: 'No rule',
    trunk: (name: string) => `trunk ${name}`,
    callerId: (number: string) => `shown as ${number}`,
    rewritten: 'The rule calls a different number. Traydial asks first.',
    thenPress: (digits: string) => `After the answer, press ${digits}.`,
  },
  place: {
    title: 'Number format',
    country: 'Country',
    unset: 'Not set',
    change: 'Change in settings',
    areaCode: 'Area code',
    areaCodeHint: 'Added to local numbers, without the 0 (e.g. 30).',
    advanced: 'Advanced',
    extensions: 'Extensions',
    extensionsHint: 'How many digits they have, such as 3-5, or a pattern such as [1-4][0-9]{2}.',
  },
  draft: {
    blocked: 'Correct the marked fields before saving.',
    unsaved: 'Not saved yet',
    discard: 'Discard',
    save: 'Save',
    saved: 'Saved.',
    discarded: 'Changes discarded.',
    imported: 'Imported as a draft. Test it, then save it.',
    exported: 'Rules exported.',
    removed: (name: string) => `${name} removed.`,
    moved: (name: string, place: number, count: number) => `${name} is now ${place} of ${count}.`,
  },
  sample: {
    label: 'What these rules do',
    allTo: (number: string) => `Every number is sent to ${number}.`,
    changes: (what: string, from: string, to: string) => `Saving changes ${what}: ${from} becomes ${to}.`,
    places,
    unset: 'not set',
    found: (country: string) => `${country} (found)`,
    none: 'none',
    send: 'These rules send',
    as: 'to the PBX as',
    kinds,
    asks: (list: string) => `Asks: ${list}`,
    reasons,
  },
  problems,
  placeInFile,
  countries,
};
