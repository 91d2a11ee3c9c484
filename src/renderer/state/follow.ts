/** Named in an effect, it makes that effect run again when one of these values changes: reading them is enough. */
export const follow: (...values: unknown[]) => void = () => undefined;
