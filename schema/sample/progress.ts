const printEveryMs = 2000;
const msPerSecond = 1000;

/** Prints how far a long task is, how fast it goes and when it will be done. */
export class Progress {
  readonly #begin = performance.now();
  #printedAt = this.#begin;
  #done = 0;

  constructor(
    private readonly total: number,
    private readonly print: (line: string) => void,
  ) {}

  at(done: number): void {
    this.#done = done;
    const now = performance.now();
    if (done === this.total || now - this.#printedAt < printEveryMs) return;
    this.#printedAt = now;
    const left = Math.ceil((this.total - done) / this.#perSecond());
    this.print(`${done} of ${this.total}, ${Math.round(this.#perSecond())} per second, ${left} s left`);
  }

  summary(): string {
    const seconds = Math.round((performance.now() - this.#begin) / 100) / 10;
    return `${seconds} s, ${Math.round(this.#perSecond())} orders per second`;
  }

  #perSecond(): number {
    return (this.#done * msPerSecond) / Math.max(performance.now() - this.#begin, 1);
  }
}
