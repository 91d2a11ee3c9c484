/** The parts of the view of calls that can appear a moment later. They are in a file of their own, which is loaded then. */
export { default as Colleagues } from '../components/ColleaguesCalls.svelte';
export { default as Country } from '../components/CountryLine.svelte';
export { default as Demo } from '../components/DemoBar.svelte';
export { default as Favourites } from '../components/FavouriteStrip.svelte';
export { default as Ignored } from '../components/IgnoredLinks.svelte';
export { default as Options } from '../components/CallOptionsButton.svelte';
export { default as Phone } from '../components/PhoneLine.svelte';
export { default as Placed } from '../components/PlacedCard.svelte';
export { default as Question } from '../components/QuestionCard.svelte';
export { default as Ringing } from '../components/RingingBanner.svelte';
export { default as Results } from '../components/DialResults.svelte';
export { whenSeen } from '../state/seen-calls.ts';
