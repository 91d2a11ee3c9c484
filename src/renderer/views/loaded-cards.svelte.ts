type Cards = typeof import('./cards.ts');

let cards = $state.raw<Cards | null>(null);

/** The parts of the view of calls that are loaded later (see cards.ts); null until they are. */
export const loadedCards = (): Cards | null => cards;

/** Loads them once, when somebody is signed in. */
export async function loadCards(): Promise<void> {
  cards ??= await import('./cards.ts');
}
