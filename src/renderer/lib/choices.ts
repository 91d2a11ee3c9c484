/** The choices of a select, in the order of the table that names them. */
export function choicesOf<T extends string>(names: Record<T, string>): { value: T; label: string }[] {
  return (Object.keys(names) as T[]).map((value) => ({ value, label: names[value] }));
}
