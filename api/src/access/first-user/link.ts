import { hashOf, newSecret } from "../secrets.ts";

const validMs = 15 * 60 * 1000;

/** The one-time link to make the first user. It lives in this process only, and ends with it. */
export class FirstUserLink {
  readonly secret = newSecret();
  readonly #hash = hashOf(this.secret);
  readonly #endsAt: number;

  /** `now` is the time since the start of the process, in milliseconds, which no clock that is set moves. */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.#endsAt = now() + validMs;
  }

  /** Whether this is the secret of the link, and in time. */
  opens(secret: string): boolean {
    return this.now() < this.#endsAt && hashOf(secret) === this.#hash;
  }
}
