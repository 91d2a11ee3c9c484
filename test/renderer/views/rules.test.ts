import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import { checkRules } from '../../../src/core/dial/rules/check-rules.ts';
import { sampleOf } from '../../../src/core/dial/rules/sample-numbers.ts';
import { dialRulesOf } from '../../../src/core/settings/dial-rules-of.ts';
import { DEFAULT_EXTENSIONS, type DialRule } from '../../../src/shared/dial-rules.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { openSettings, type Opened } from '../support/open.ts';
import { SETTINGS } from '../support/samples.ts';

const rule = (id: string, name: string, changes: Partial<DialRule> = {}): DialRule => ({
  id,
  name,
  enabled: true,
  target: 'public',
  pattern: '',
  form: 'without-plus',
  replacement: '',
  internationalPrefix: '',
  outsidePrefix: '',
  trunk: '',
  callerId: '',
  ...changes,
});
const THREE = [
  rule('a', 'Germany', { target: 'national', form: 'national' }),
  rule('b', 'Abroad', { target: 'international', form: 'international-prefix', internationalPrefix: '00' }),
  rule('c', 'Desks', { target: 'extension' }),
];

/** The view of the dial rules, in front of the real checks and readings. */
async function openRules(
  rules: DialRule[] = [],
  prepare: (bridge: FakeBridge) => void = () => undefined,
): Promise<Opened> {
  const settings = { ...SETTINGS, dialling: { ...SETTINGS.dialling, country: 'DE', rules } };
  const opened = await openSettings('calling', { settings }, (bridge) => {
    bridge.answer('rules.explain', ({ texts, rules: draft }) => {
      const saved = dialRulesOf(bridge.state.settings);
      const lines = texts.map((text) => ({
        saved: readDial(text, { provenance: 'typed', rules: saved }),
        draft: readDial(text, { provenance: 'typed', rules: draft }),
      }));
      return ok({ problems: checkRules(draft), sample: sampleOf(draft, '101'), lines });
    });
    prepare(bridge);
  });
  await opened.user.click(screen.getByRole('button', { name: 'Edit dial rules' }));
  await screen.findByRole('heading', { name: 'Dial rules', level: 1 });
  return opened;
}

const button = (name: string): HTMLElement => screen.getByRole('button', { name });
const names = (): (string | null)[] =>
  within(screen.getByRole('list', { name: 'Dial rules' }))
    .getAllByRole('checkbox')
    .map((box) => box.getAttribute('aria-label'));
const said = (text: string): Promise<void> =>
  waitFor(() => expect(screen.getByRole('status', { name: 'Announcements' }).textContent.trim()).toBe(text));
const rows = (): string[][] =>
  screen
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent.replace(/\s+/gu, ' ').trim()));

test('a preset becomes a rule of the draft, to be named at once, and is kept only by Save', async () => {
  const { bridge, user } = await openRules();
  await user.click(button('Add Outside line 0'));
  expect(document.activeElement).toBe(screen.getByLabelText('Name'));
  await user.clear(screen.getByLabelText('Name'));
  await user.keyboard('Office');
  await user.type(screen.getByLabelText('Trunk'), 'Main');
  expect(bridge.payloads('settings.change')).toEqual([]);
  await user.click(button('Save'));
  await said('Saved.');
  expect(bridge.payloads('settings.change')).toEqual([
    {
      dialling: {
        rules: [
          rule('rule-1', 'Office', {
            form: 'national',
            internationalPrefix: '00',
            outsidePrefix: '0',
            trunk: 'Main',
          }),
        ],
      },
    },
  ]);
  expect(screen.queryByText('Not saved yet')).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
});

test('a rule is moved by its buttons, which keep the focus and say where it is', async () => {
  const { user } = await openRules(THREE);
  await user.click(button('Move Germany down'));
  expect(names()).toEqual(['Use Abroad', 'Use Germany', 'Use Desks']);
  expect(document.activeElement).toBe(button('Move Germany down'));
  await said('Germany is now 2 of 3.');
  await user.keyboard('{Enter}{Enter}');
  expect(names()).toEqual(['Use Abroad', 'Use Desks', 'Use Germany']);
  expect(button('Move Germany down').getAttribute('aria-disabled')).toBe('true');
  await user.click(button('Move Germany up'));
  expect(names()).toEqual(['Use Abroad', 'Use Germany', 'Use Desks']);
});

test('removing a rule moves the focus to its neighbour, or to the presets if it was the last one', async () => {
  const { user } = await openRules(THREE.slice(0, 2));
  await user.click(button('Remove Germany'));
  await said('Germany removed.');
  expect(document.activeElement?.textContent).toContain('Abroad');
  await user.click(button('Remove Abroad'));
  await waitFor(() => expect(document.activeElement).toBe(button('Add New rule')));
  screen.getByText(/^No rules yet\./u);
});

test('a rule is switched off, and Discard brings back what is saved', async () => {
  const { bridge, user } = await openRules(THREE);
  await user.click(screen.getByRole('checkbox', { name: 'Use Abroad' }));
  screen.getByText(/^Off · Numbers of other countries: 00 instead of the \+/u);
  await user.click(button('Discard'));
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Use Abroad' }).checked).toBe(true);
  expect(bridge.payloads('settings.change')).toEqual([]);
});

test('an error is shown beside the field at once, and the draft can be neither saved nor exported', async () => {
  const { bridge, user } = await openRules();
  await user.click(button('Add New rule'));
  await user.selectOptions(screen.getByLabelText('For'), 'pattern');
  await user.type(screen.getByLabelText('Pattern'), '(49');
  await screen.findByText("This pattern isn't valid: missing closing ): `(49`.");
  expect(screen.getByLabelText('Pattern').getAttribute('aria-invalid')).toBe('true');
  await user.click(button('Save'));
  await user.click(button('Export…'));
  screen.getByText('Correct the marked fields before saving.');
  expect(bridge.payloads('settings.change')).toEqual([]);
  expect(bridge.payloads('rules.export')).toEqual([]);
  await user.type(screen.getByLabelText('Pattern'), ')');
  await waitFor(() => expect(screen.getByLabelText('Pattern').getAttribute('aria-invalid')).toBe('false'));
  await user.click(button('Save'));
  await said('Saved.');
});

test('a rule with advice can still be saved', async () => {
  const { bridge, user } = await openRules([rule('a', 'All')]);
  await user.click(button('Add National with 0'));
  await screen.findByText('Never reached: “All” above is for the same numbers. Move this rule up.');
  await user.click(button('Save'));
  await said('Saved.');
  expect(bridge.payloads('settings.change')).toHaveLength(1);
});

test('the bench shows the saved rules and the draft side by side, and one column when they are the same', async () => {
  const { bridge, user } = await openRules([rule('a', 'Plain')]);
  const numbers = screen.getByLabelText('One number per line');
  await user.type(numbers, '+49 30 12345678{Enter}{Enter}1001{Enter}call me');
  await waitFor(() =>
    expect(rows()).toEqual([
      ['Text', 'The PBX gets'],
      ['+49 30 12345678', '493012345678 Plain'],
      ['1001', '1001 No rule'],
      ['call me', 'Not dialled'],
      ["That isn't a phone number. Type the number in digits."],
    ]),
  );
  await user.click(button('Plain All public numbers: without the +'));
  await user.type(screen.getByLabelText('Outside line'), '9');
  await waitFor(() =>
    expect(rows().slice(0, 3)).toEqual([
      ['Text', 'Saved rules', 'Your draft'],
      ['+49 30 12345678', '493012345678 Plain', 'Changed: 9493012345678 Plain'],
      ['1001', '1001 No rule', '1001 No rule'],
    ]),
  );
  const looks = bridge.payloads('rules.explain').length;
  await user.click(button('Save'));
  await said('Saved.');
  expect(rows()[1]).toEqual(['+49 30 12345678', '9493012345678 Plain']);
  await waitFor(() => expect(bridge.payloads('rules.explain')).toHaveLength(looks + 2));
  await waitFor(() => expect(rows()[1]).toEqual(['+49 30 12345678', '9493012345678 Plain']));
});

test('a very long list is tried up to a limit, and a note says so', async () => {
  const { bridge, user } = await openRules();
  await user.click(screen.getByLabelText('One number per line'));
  await user.paste(Array.from({ length: 250 }, (_line, index) => `${1000 + index}`).join('\n'));
  await screen.findByText('Only the first 200 lines are tested, and 1,000 characters of each.');
  await waitFor(() => expect(rows()).toHaveLength(201));
  expect(bridge.payloads('rules.explain').at(-1)?.texts).toHaveLength(200);
});

test('area code and extensions are part of the draft; the country leads to its place in the settings', async () => {
  const { bridge, user } = await openRules();
  await user.type(screen.getByLabelText('Area code'), '201');
  await user.click(screen.getByText('Advanced'));
  await user.clear(screen.getByLabelText('Extensions'));
  await user.type(screen.getByLabelText('Extensions'), '5-3');
  await screen.findByText(/^Enter how many digits/u);
  await user.clear(screen.getByLabelText('Extensions'));
  await user.type(screen.getByLabelText('Extensions'), '4');
  await user.click(button('Save'));
  await said('Saved.');
  expect(bridge.payloads('settings.change')).toEqual([{ dialling: { areaCode: '201', extensions: '4' } }]);
  expect(screen.queryByLabelText('Country')).toBeNull();
  screen.getByText('Germany');
  await user.click(button('Change in settings'));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Country')));
});

test('an imported file becomes a draft, and settings that it leaves out are kept', async () => {
  const { bridge, user } = await openRules(THREE, (fake) =>
    fake.answer('rules.import', () =>
      ok({ country: '', areaCode: '', extensions: DEFAULT_EXTENSIONS, rules: [rule('rule-1', 'From a file')] }),
    ),
  );
  await user.click(button('Import…'));
  await said('Imported as a draft. Test it, then save it.');
  expect(names()).toEqual(['Use From a file']);
  screen.getByText('Germany');
  expect(bridge.payloads('settings.change')).toEqual([]);
  screen.getByText('Not saved yet');
});

test('an imported file that redirects every number says so before it is saved', async () => {
  const all = rule('rule-1', 'Company', {
    target: 'pattern',
    pattern: '.*',
    form: 'replacement',
    replacement: '+19005551234',
  });
  const { bridge, user } = await openRules([], (fake) =>
    fake.answer('rules.import', () =>
      ok({ country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS, rules: [all] }),
    ),
  );
  await user.click(button('Import…'));
  const sample = await screen.findByRole('region', { name: 'What these rules do' });
  within(sample).getByText('Every number is sent to +19005551234.');
  const lines = within(sample)
    .getAllByRole('row')
    .map((row) => row.textContent.replace(/\s+/gu, ' ').trim());
  expect(lines.slice(1).map((line) => /^(?:Own )?\w+/u.exec(line)?.[0])).toEqual([
    'Own extension',
    'National',
    'International',
    'Emergency',
    'Premium',
  ]);
  for (const [index, line] of lines.slice(1).entries()) {
    expect(line).toContain(index === 3 ? '112' : '+19005551234 Asks: another number and premium');
  }
  expect(bridge.payloads('settings.change')).toEqual([]);
  await user.click(button('Discard'));
  expect(screen.queryByRole('region', { name: 'What these rules do' })).toBeNull();
});

test.each([
  ['GN', '', '.*', 'Country: Germany becomes Guinea, Extensions: [0-9]{3,5} becomes .*'],
  ['', '900', '', 'Extensions: [0-9]{3,5} becomes none'],
  ['DE', '900', DEFAULT_EXTENSIONS, 'Area code: none becomes 900'],
])('an import with %j, %j and %j says before Save: %s', async (country, areaCode, extensions, said) => {
  const { user } = await openRules([], (fake) =>
    fake.answer('rules.import', () => ok({ country, areaCode, extensions, rules: [] })),
  );
  await user.click(button('Import…'));
  const lines = within(await screen.findByRole('region', { name: 'What these rules do' })).getAllByText(/^Saving/u);
  const changes = lines.map((line) => line.textContent.replace(/\s+/gu, ' ').trim().slice(15, -1));
  expect(changes.join(', ')).toBe(said);
});

test('an invalid file shows what is wrong in it and does not change the draft', async () => {
  const params = { problem: { code: 'pattern-empty' }, rule: { place: 2, name: 'B' }, field: 'pattern' } as const;
  const error = appError('rules-file-invalid', { params });
  const { user } = await openRules(THREE, (fake) => fake.answer('rules.import', () => err(error)));
  await user.click(button('Import…'));
  await screen.findByText('Rule 2 “B”, pattern: Enter the pattern.');
  expect(names()).toHaveLength(3);
  expect(screen.queryByText('Not saved yet')).toBeNull();
});

test('an export contains the draft as shown, saved or not', async () => {
  const { bridge, user } = await openRules(THREE, (fake) => fake.answer('rules.export', () => ok(true)));
  await user.click(button('Remove Abroad'));
  await user.click(button('Export…'));
  await said('Rules exported.');
  expect(bridge.payloads('rules.export')).toMatchObject([
    { rules: { country: 'DE', rules: [{ id: 'a' }, { id: 'c' }] } },
  ]);
});

test('a draft is kept when the view closes, and the settings mention it', async () => {
  const { bridge, user } = await openRules(THREE);
  await user.click(button('Remove Abroad'));
  await user.type(screen.getByLabelText('One number per line'), '1001');
  await user.keyboard('{Escape}');
  screen.getByRole('heading', { name: 'Calling', level: 1 });
  screen.getByText('3 rules');
  screen.getByText("Your changes aren't saved yet.");
  bridge.show('calls');
  bridge.show('rules');
  await waitFor(() => expect(names()).toEqual(['Use Germany', 'Use Desks']));
  expect(screen.getByLabelText<HTMLTextAreaElement>('One number per line').value).toBe('1001');
});

test('Escape closes an open rule first, with what was typed', async () => {
  const { user } = await openRules(THREE);
  await user.click(button('Desks Extensions: without the +'));
  await user.clear(screen.getByLabelText('Name'));
  await user.keyboard('Phones{Escape}');
  expect(screen.queryByLabelText('Name')).toBeNull();
  expect(document.activeElement).toBe(button('Phones Extensions: without the +'));
  await user.keyboard('{Escape}');
  screen.getByRole('heading', { name: 'Calling', level: 1 });
});
