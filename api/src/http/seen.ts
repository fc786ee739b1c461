import { ApiError, type Outcome } from "../contract/answer.ts";
import { everything, seenIn, type View } from "../rights/view.ts";

type PossibleOutcome = Outcome<unknown> | Promise<Outcome<unknown>>;

/**
 * The outcome of a route without what its principal may not see. Every answer passes here, an error with a resource in
 * it and a repeated answer included, so that no route can forget it.
 */
export function seen(view: View, answer: () => PossibleOutcome): PossibleOutcome {
  if (view === everything) return answer();
  return seenLater(view, answer);
}

async function seenLater(view: View, answer: () => PossibleOutcome): Promise<Outcome<unknown>> {
  try {
    const outcome = await answer();
    if ("data" in outcome) return { ...outcome, data: seenIn(view, outcome.data) };
    // A stored answer is the text of what its principal was once answered, with everything in it.
    if ("body" in outcome) return { ...outcome, body: JSON.stringify(seenIn(view, JSON.parse(outcome.body))) };
    return outcome;
  } catch (error) {
    throw error instanceof ApiError && error.data !== null ? withoutHidden(view, error) : error;
  }
}

function withoutHidden(view: View, { code, message, status, issues, headers, data, cause }: ApiError): ApiError {
  return new ApiError(code, message, { status, issues, headers, cause, data: seenIn(view, data) });
}
