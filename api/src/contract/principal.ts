/** The user on whose behalf a request acts. Every change records it, and idempotency keys are unique per principal. */
export interface Principal {
  /** 1 to 100 characters, unique among all principals. */
  readonly name: string;
}

/** Everyone, until there is a sign-in: any client that reaches the API may do everything. */
export const local: Principal = { name: "local" };
