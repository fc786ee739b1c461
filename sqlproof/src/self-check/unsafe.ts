/** A database that would lose, double or mix up what it was given. Each fault is a sentence that ends with its cure. */
export class UnsafeDatabaseError extends Error {
  override readonly name = "UnsafeDatabaseError";
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}
