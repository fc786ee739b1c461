import type { Refusal } from "../api/reply.ts";
import type { Text } from "../messages/text.ts";

/** A refusal in words for people: the API's own where it has some, never its code alone. */
export function refusalText({ code, message }: Refusal, t: Text): string {
  return code === "unreachable" || message === "" ? t("failure.unreachable") : message;
}
