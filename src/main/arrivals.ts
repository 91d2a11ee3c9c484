import type { App } from 'electron';

/** An arrival from outside the program: a link from the system, or a second start. */
export type Arrival = { type: 'link'; url: string } | { type: 'second-start'; argv: readonly string[]; data: unknown };

/** Queues arrivals while the program is being loaded, and passes them on in order once it is. */
export class Arrivals {
  #waiting: Arrival[] = [];
  #take: ((arrival: Arrival) => void) | null = null;

  /** Call before the app is ready: both events can arrive as soon as the process starts. */
  listen(app: Pick<App, 'on'>): void {
    // macOS passes links as an event, also the one that started the program.
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#arrived({ type: 'link', url });
    });
    // Windows and Linux start the program a second time; the second process hands over its arguments and ends.
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
