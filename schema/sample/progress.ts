const tellEveryMs = 2000;
const msPerSecond = 1000;

/** Tells how far a long piece of work is, how fast it goes and when it will be done. */
export class Pace {
  readonly #begin = performance.now();
  #toldAt = this.#begin;
  #done = 0;

  constructor(
    private readonly total: number,
    private readonly tell: (line: string) => void,
  ) {}

  at(done: number): void {
    this.#done = done;
    const now = performance.now();
    if (done === this.total || now - this.#toldAt < tellEveryMs) return;
    this.#toldAt = now;
    const left = Math.ceil((this.total - done) / this.#perSecond());
    this.tell(`${done} of ${this.total}, ${Math.round(this.#perSecond())} per second, ${left} s left`);
  }

  summary(): string {
    const seconds = Math.round((performance.now() - this.#begin) / 100) / 10;
    return `${seconds} s, ${Math.round(this.#perSecond())} orders per second`;
  }

  #perSecond(): number {
    return (this.#done * msPerSecond) / Math.max(performance.now() - this.#begin, 1);
  }
}
