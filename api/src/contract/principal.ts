/** On whose behalf a request acts: stored with each of its changes, and its idempotency keys are its own. */
export interface Principal {
  /** 1 to 100 characters, unlike that of every other principal. */
  readonly name: string;
}

/** Everybody, until there is a sign-in: whoever reaches the API may do everything. */
export const local: Principal = { name: "local" };
