import { ApiError } from "../../contract/answer.ts";
import { networkOf } from "../networks.ts";

const minuteMs = 60_000;
/** As many as a whole office begins in the morning behind one address. */
const mostOfAddress = 100;
const mostAddresses = 10_000;

/** Anybody may begin a sign-in, and each one stores a row: this limits how many begin in a minute. */
export class BeginLimit {
  #since = Number.NEGATIVE_INFINITY;
  #begun = new Map<string, number>();

  /** `now` is the time since the start of the process, in milliseconds, which no clock that is set moves. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Counts a beginning. Throws 429 `slow-down` if there were too many. */
  take(address: string | null): void {
    const now = this.now();
    if (now - this.#since >= minuteMs) {
      this.#since = now;
      this.#begun = new Map();
    }
    const from = networkOf(address);
    const before = this.#begun.get(from) ?? 0;
    if (before < mostOfAddress && (before > 0 || this.#begun.size < mostAddresses)) {
      this.#begun.set(from, before + 1);
      return;
    }
    const seconds = Math.ceil((this.#since + minuteMs - now) / 1000);
    const message = `Too many sign-ins were begun. Try again in ${seconds} s.`;
    throw new ApiError("slow-down", message, { headers: { "retry-after": `${seconds}` } });
  }
}
