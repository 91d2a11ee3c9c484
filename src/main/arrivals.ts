import type { App } from 'electron';

/** What reaches a program from outside: a link that the system hands over, or a second start. */
export type Arrival = { type: 'link'; url: string } | { type: 'second-start'; argv: readonly string[]; data: unknown };

/** Keeps what arrives while the program is being loaded, in order, and hands it on once somebody takes it. */
export class Arrivals {
  #waiting: Arrival[] = [];
  #take: ((arrival: Arrival) => void) | null = null;

  /** Call before the app is ready: both events can come at any moment from the start on. */
  listen(app: Pick<App, 'on'>): void {
    // macOS hands links over as an event, also the one that started the program.
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#arrived({ type: 'link', url });
    });
    // Windows and Linux start a second program, which hands over what it was started with and ends.
    app.on('second-instance', (_event, argv, _directory, data) => {
      this.#arrived({ type: 'second-start', argv, data });
    });
  }

  /** Hands over everything that has arrived, and from now on each arrival at once. */
  handTo(take: (arrival: Arrival) => void): void {
    this.#take = take;
    for (const arrival of this.#waiting.splice(0)) take(arrival);
  }

  #arrived(arrival: Arrival): void {
    if (this.#take === null) this.#waiting.push(arrival);
    else this.#take(arrival);
  }
}
