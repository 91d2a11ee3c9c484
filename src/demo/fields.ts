/** Reads and checks the fields of a request body, each with the limits that the caller passes. Collects all problems. */
export class Fields {
  readonly #body: Record<string, unknown>;
  readonly #problems: { field: string; problem: string }[] = [];

  constructor(body: Record<string, unknown>) {
    this.#body = body;
  }

  /** Empty when all fields are valid. */
  get problems(): readonly { field: string; problem: string }[] {
    return this.#problems;
  }

  /** Limits are in UTF-16 units. `min` also applies to an optional field that is sent. '' if it is absent or not valid. */
  text(field: string, limits: { max: number; min?: number; required?: boolean }): string {
    const value = this.#body[field];
    if (value === undefined) {
      if (limits.required === true) this.#note(field, 'is required');
      return '';
    }
    const min = limits.min ?? 0;
    if (typeof value !== 'string') this.#note(field, 'must be a string');
    else if (value.length < min || value.length > limits.max) {
      this.#note(field, `must have ${min} to ${limits.max} characters`);
    } else return value;
    return '';
  }

  /** False also if the field is absent or not valid. */
  requiredFlag(field: string): boolean {
    const value = this.#body[field];
    if (typeof value !== 'boolean') this.#note(field, value === undefined ? 'is required' : 'must be true or false');
    return value === true;
  }

  /** '' if the field is absent or not one of the allowed values. */
  oneOf(field: string, allowed: readonly string[]): string {
    const value = this.#body[field];
    if (value === undefined) return '';
    if (typeof value === 'string' && allowed.includes(value)) return value;
    this.#note(field, `must be one of ${allowed.join(', ')}`);
    return '';
  }

  #note(field: string, problem: string): void {
    this.#problems.push({ field, problem });
  }
}
