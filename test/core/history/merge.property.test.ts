import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evidenceFromRecord, type Evidence } from '../../../src/core/history/evidence.ts';
import type { CdrChange, PbxCdr } from '../../../src/core/pbx/types.ts';
import { evidenceIds, merge } from './support/merge-all.ts';
import { allOf, evidence, NOW, openHistory } from './support/open-history.ts';

const OWN = { extension: '1001', numbers: [] };
const PEOPLE = ['+442079460321', '+12015550123', '1002', '1003', ''] as const;

interface TrueCall {
  person: string;
  incoming: boolean;
  startedAt: number;
  end: 'connected' | 'missed' | 'declined' | 'elsewhere';
  rangMs: number;
  talkedMs: number;
  /** How the live model saw it; null while the program did not run. `nameless`: if it was missed, without its session. */
  seen: { lateMs: number; named: boolean; nameless: boolean } | null;
  /** How often a queue offered it to my phone. */
  offers: number;
}

/** This computer's wall clock minus the PBX's. */
const offsets = fc.constantFrom(0, 1_500, -7_200_000, 86_400_000 * 40);

/** Calls of one person begin at least twenty seconds apart, which is less than the two minutes of SAME_CALL_MS. */
const calls = fc
  .array(
    fc.record({
      person: fc.constantFrom(...PEOPLE),
      incoming: fc.boolean(),
      gapMs: fc.integer({ min: 20_000, max: 400_000 }),
      end: fc.constantFrom('connected' as const, 'missed' as const, 'declined' as const, 'elsewhere' as const),
      rangMs: fc.integer({ min: 1_000, max: 15_000 }),
      talkedMs: fc.integer({ min: 1_000, max: 600_000 }),
      seen: fc.option(
        fc.record({ lateMs: fc.integer({ min: 0, max: 6_000 }), named: fc.boolean(), nameless: fc.boolean() }),
      ),
      offers: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 14 },
  )
  .map((list) => {
    let at = NOW - 86_400_000;
    return list.map(({ gapMs, ...call }): TrueCall => {
      at += gapMs;
      const incoming = call.incoming || call.person === '';
      return { ...call, incoming, startedAt: at, end: incoming || call.end === 'connected' ? call.end : 'missed' };
    });
  });

function liveOf(call: TrueCall, index: number, offset: number): Evidence[] {
  if (call.seen === null) return [];
  const talked = call.end === 'connected';
  const nameless = call.seen.nameless && call.incoming && call.end === 'missed';
  const number = call.person.startsWith('+44') && index % 2 === 0 ? '020 7946 0321' : call.person;
  const answeredAt = talked ? call.startedAt + call.rangMs : null;
  return [
    evidence({
      id: nameless ? `push:1001:${index}` : `5${String(index).padStart(17, '0')}`,
      direction: call.incoming ? 'incoming' : 'outgoing',
      number: nameless ? '' : number,
      name: call.seen.named ? 'Anna' : '',
      startedAt: call.startedAt + call.seen.lateMs,
      answeredAt,
      endedAt: call.startedAt + call.rangMs + (talked ? call.talkedMs : 0),
      seconds: talked ? Math.round(call.talkedMs / 1000) : null,
      outcome: outcomeOf(call),
      taken: call.end === 'elsewhere',
      provenance: call.incoming ? 'caller' : 'dialled',
      offset,
    }),
  ];
}

const outcomeOf = ({ end, incoming }: TrueCall): Evidence['outcome'] =>
  end === 'connected' ? 'connected' : end === 'elsewhere' || !incoming ? 'unanswered' : end;

/** `by-leg` (22.2): an entry for each offer, none or a "missed" one where somebody else answered. `by-call` (22.6). */
function recordsOf(call: TrueCall, index: number, dialect: '22.2' | '22.6'): CdrChange[] {
  const [caller, callee] = call.incoming ? [call.person, '1001'] : ['1001', call.person];
  const leg = (answered: boolean, more: Partial<PbxCdr> = {}): PbxCdr => ({
    caller,
    callee,
    startedAt: call.startedAt,
    answeredAt: answered ? call.startedAt + call.rangMs : null,
    endedAt: call.startedAt + call.rangMs + (answered ? call.talkedMs : 0),
    endReason: answered ? 'CALLER_DISCONNECTED' : call.end === 'declined' ? 'CALLEE_DISCONNECTED' : 'CANCELLED',
    statusCode: answered ? 0 : call.end === 'declined' ? 603 : 487,
    ...more,
  });
  const id = (part: number): string => `9${index}${part}`;
  const connected = call.end === 'connected';
  if (dialect === '22.6') {
    const elsewhere = call.end === 'elsewhere' ? { endReason: 'ANSWERED_ELSEWHERE', statusCode: 200 } : {};
    return [{ id: id(0), change: 'created', legs: [leg(connected, elsewhere)] }];
  }
  // Before 22.6 no entry says that somebody else answered.
  if (call.end === 'elsewhere') return call.seen === null ? [] : [{ id: id(0), change: 'created', legs: [leg(false)] }];
  const offers = call.incoming ? call.offers : 1;
  return Array.from({ length: offers }, (_none, part) => ({
    id: id(part),
    change: 'created' as const,
    legs: [leg(connected && part === offers - 1)],
  }));
}

const world = fc.record({ truth: calls, dialect: fc.constantFrom('22.2' as const, '22.6' as const), offset: offsets });

function allEvidence({ truth, dialect, offset }: { truth: TrueCall[]; dialect: '22.2' | '22.6'; offset: number }) {
  return truth.flatMap((call, index) => [
    ...liveOf(call, index, offset),
    ...recordsOf(call, index, dialect).flatMap((change) => evidenceFromRecord(change, { own: OWN, offset }) ?? []),
  ]);
}

/** The same evidence in any order, some of it several times. */
const shuffled = (all: readonly Evidence[]): fc.Arbitrary<Evidence[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length }),
      fc.shuffledSubarray([...all]),
    )
    .map(([once, again]) => [...once.slice(0, 3), ...again, ...once.slice(3)]);

test("the history lists each of the user's calls once, with its outcome", () => {
  fc.assert(
    fc.property(world, (one) => {
      const entries = merge(allEvidence(one)).filter(({ taken }) => !taken);
      const expected = one.truth.filter(({ end }) => end !== 'elsewhere');
      expect(entries.map(({ outcome, direction }) => `${direction} ${outcome}`)).toEqual(
        expected.toReversed().map((call) => `${call.incoming ? 'incoming' : 'outgoing'} ${outcomeOf(call)}`),
      );
    }),
    { numRuns: 500 },
  );
});

test('the history does not depend on the order of reports or on repeated reports', () => {
  const runs = world.chain((one) => {
    const all = allEvidence(one);
    return fc.record({ all: fc.constant(all), other: shuffled(all) });
  });
  fc.assert(
    fc.property(runs, ({ all, other }) => {
      expect(merge(other)).toEqual(merge(all));
    }),
    { numRuns: 500 },
  );
});

test('the store, which receives evidence in small parts, has the same history without the deleted entries', async () => {
  const runs = world.chain((one) =>
    fc.record({
      all: shuffled(allEvidence(one)),
      size: fc.integer({ min: 1, max: 5 }),
      // Which entry is deleted after a part; mostly none.
      removals: fc.array(fc.option(fc.nat({ max: 9 }), { freq: 1 }), { maxLength: 5 }),
      offset: fc.constant(one.offset),
    }),
  );
  await fc.assert(
    fc.asyncProperty(runs, async ({ all, size, removals, offset }) => {
      const { history, close } = openHistory({ keepDays: 3650, now: NOW + Math.max(offset, 0) });
      const deleted = new Set<string>();
      for (let from = 0; from < all.length; from += size) {
        history.add(all.slice(from, from + size));
        const removal = removals[from / size] ?? null;
        const entry = removal === null ? undefined : (await allOf(history))[removal];
        if (entry === undefined) continue;
        for (const id of evidenceIds(all.slice(0, from + size), entry.id)) deleted.add(id);
        history.remove(entry.id);
      }
      const kept = (await allOf(history)).map((entry) => ({ ...entry, unseen: undefined, taken: undefined }));
      close();
      const expected = merge(all, deleted)
        .filter(({ taken }) => !taken)
        .map((entry) => ({ ...entry, unseen: undefined, taken: undefined }));
      expect(kept).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});
