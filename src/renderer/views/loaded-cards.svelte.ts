type Cards = typeof import('./cards.ts');

let cards = $state.raw<Cards | null>(null);

/** Null until they are loaded. */
export const loadedCards = (): Cards | null => cards;

/** Loads them once; the window does so when somebody is signed in. */
export async function loadCards(): Promise<void> {
  cards ??= await import('./cards.ts');
}
