/**
 * A number that takes work to find out, remembered for a while: whoever reads the metrics every second does not make
 * the database work every second. While it is being found out, or if that fails, the last one is given.
 */
export class KnownFor<T> {
  #value: T | null = null;
  #foundAt = Number.NEGATIVE_INFINITY;
  #finding: Promise<void> | null = null;

  constructor(
    private readonly forMs: number,
    private readonly find: () => Promise<T>,
  ) {}

  /** Waits for the work at most `withinMs`; null if it has never succeeded. */
  async read(withinMs: number): Promise<T | null> {
    if (performance.now() - this.#foundAt < this.forMs) return this.#value;
    this.#finding ??= this.#find();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([this.#finding, late]);
    clearTimeout(timer);
    return this.#value;
  }

  async #find(): Promise<void> {
    try {
      this.#value = await this.find();
      this.#foundAt = performance.now();
    } catch {
      // The database does not answer: other metrics say so, and this one keeps its last value.
    } finally {
      this.#finding = null;
    }
  }
}
