/** A database would lose, duplicate or mix up data. Each problem is a message that ends with its remedy. */
export class UnsafeDatabaseError extends Error {
  override readonly name = "UnsafeDatabaseError";
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}
