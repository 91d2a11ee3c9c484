/** Makes an effect run again when one of these values changes. It does nothing: an effect depends on what it reads. */
export const follow: (...values: unknown[]) => void = () => undefined;
