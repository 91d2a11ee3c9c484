import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { FlowDesk, ORIGINS } from './support/flow-desk.ts';

const COUNTRIES = ['DE', 'GB', 'FR', 'US', ''];

function moveTo(desk: FlowDesk, country: string): void {
  desk.settings = { ...desk.settings, dialling: { ...desk.settings.dialling, country } };
  desk.flow.readAgain();
}

/** Declines every question and returns their numbers, in order. */
async function declineAll(desk: FlowDesk): Promise<(string | undefined)[]> {
  const asked: (string | undefined)[] = [];
  while (desk.question !== null) {
    asked.push(desk.question.plan?.dial);
    await desk.answer(false);
  }
  return asked;
}

test('reads the open question and the waiting ones again when the country changes', async () => {
  const desk = new FlowDesk('ask', 'GB');
  for (const number of ['03012345678', '+12015550123', '03012345679']) await desk.flow.dial(`tel:${number}`, 'link');
  const { id } = desk.question ?? {};
  moveTo(desk, 'DE');
  expect(desk.question?.id).not.toBe(id);
  expect(await desk.flow.answer(id ?? '', true)).toMatchObject({ ok: false });
  expect(await declineAll(desk)).toEqual(['+493012345678', '+12015550123', '+493012345679']);
  expect(desk.numbers).toEqual([]);
});

test('keeps the question and the countdown of a number that is read as before', async () => {
  const desk = new FlowDesk('undo', 'US');
  await desk.flow.dial('+12015550123', 'dialled');
  const { question } = desk;
  desk.settings = { ...desk.settings, dialling: { ...desk.settings.dialling, areaCode: '212' } };
  desk.flow.readAgain();
  expect(desk.question).toEqual(question);
  await desk.clock.advance(3_000);
  expect(desk.numbers).toEqual(['+12015550123']);
});

test('turns a countdown into a question if its number is read differently', async () => {
  const desk = new FlowDesk('undo', 'GB');
  await desk.flow.place('03012345678', 'typed');
  moveTo(desk, 'DE');
  expect(desk.question).toMatchObject({ mode: 'ask', dueAt: null, plan: { dial: '+493012345678' } });
  await desk.clock.advance(60_000);
  expect(desk.numbers).toEqual([]);
});

test('applies a rule that is added while a question is open to its number', async () => {
  const desk = new FlowDesk('ask', 'DE');
  await desk.flow.dial('tel:03012345678', 'link');
  const rule = {
    id: 'r1',
    name: 'Plain digits',
    enabled: true,
    target: 'public',
    pattern: '',
    form: 'without-plus',
    internationalPrefix: '',
    outsidePrefix: '',
    replacement: '',
    trunk: '',
    callerId: '',
  } as const;
  desk.settings = { ...desk.settings, dialling: { ...desk.settings.dialling, rules: [rule] } };
  desk.flow.readAgain();
  expect(desk.question?.plan?.dial).toBe('493012345678');
});

test('keeps the choice of one of several numbers', async () => {
  const desk = new FlowDesk('ask', 'GB');
  const text = 'Phone 030 12345678, mobile 0151 12345678';
  moveTo(desk, 'DE');
  const reading = desk.flow.preview(text);
  const [, mobile] = reading.found === 'choose' ? reading.candidates : [];
  await desk.flow.place(text, 'typed', null, mobile?.dial ?? null);
  expect(desk.question?.plan?.dial).toBe('+4915112345678');
  moveTo(desk, '');
  expect(desk.question).toMatchObject({ plan: { dial: '015112345678' } });
});

test('drops a question whose number is invalid in the new country, and reports the reason', async () => {
  const desk = new FlowDesk('ask', 'GB');
  await desk.flow.dial('tel:03012345678', 'link');
  moveTo(desk, 'FR');
  expect(desk.question).toBeNull();
  expect(desk.flow.state.refusal).toMatchObject({ provenance: 'link' });
});

test('reads a link that is invalid in a provisional country again when the country is known, unless links are ignored', async () => {
  for (const ignore of [false, true]) {
    const desk = new FlowDesk('undo', 'FR');
    desk.isCountryProvisional = true;
    expect(await desk.flow.dial('tel:03012345678', 'link')).toEqual({ ok: true, value: 'read-after-sign-in' });
    expect(await desk.flow.dial('tel:hello', 'link')).toMatchObject({ ok: false });
    desk.flow.ignoreLinks(ignore);
    desk.isCountryProvisional = false;
    moveTo(desk, 'DE');
    expect(desk.question?.plan?.dial).toBe(ignore ? undefined : '+493012345678');
    await desk.clock.advance(60_000);
    expect(desk.numbers).toEqual([]);
  }
});

test('a question always shows its text as it is read now, however the country changes', async () => {
  const text = fc.constantFrom('03012345678', '2079460958', '+12015550123', '1001', '0151 12345678', '112');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, fc.constantFrom(...ORIGINS)), { minLength: 1, maxLength: 5 }),
      fc.array(fc.constantFrom(...COUNTRIES), { minLength: 1, maxLength: 5 }),
      async (numbers, countries) => {
        const desk = new FlowDesk(DEFAULT_SETTINGS.dialling.confirm, 'GB');
        for (const [number, origin] of numbers)
          await desk.dial(origin === 'link' ? `tel:${number.replaceAll(' ', '')}` : number, origin);
        for (const country of countries) {
          const before = desk.question;
          moveTo(desk, country);
          const { question } = desk;
          if (question?.id === before?.id) expect(question?.plan).toEqual(before?.plan);
          if (question === null) continue;
          const reading = desk.flow.preview(question.plan?.input ?? '', question.provenance);
          expect(reading).toMatchObject({ found: 'one', plan: { dial: question.plan?.dial } });
        }
      },
    ),
    { numRuns: 200 },
  );
});
