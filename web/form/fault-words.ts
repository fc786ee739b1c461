import type { Fault } from "../api/types.ts";
import type { MessageKey, Text } from "../messages/text.ts";

/**
 * A fault in the language of the page. The server's words are English: for others there are words by the kind of
 * fault, and what a broken rule says depends on the form.
 */
export function faultWords({ code, message }: Fault, t: Text, locale: string, rule: MessageKey): string {
  if (locale === "en") return message;
  switch (code) {
    case "rule":
      return t(rule);
    case "reference":
    case "state":
    case "range":
    case "scale":
    case "required":
    case "text":
      return t(`refused.${code}`);
    default:
      return message;
  }
}
