import type { Order } from "../../api/types.ts";
import { apiSentence } from "../../messages/api-sentence.ts";
import type { Locale } from "../../messages/text.ts";

/** An order with the reasons of its actions in the language of the page, as far as that knows them. */
export function translatedActions(order: Order, locale: Locale): Order {
  if (order.actions === undefined) return order;
  const actions = order.actions.map((action) => ({
    ...action,
    unmet: action.unmet.map((reason) => ({
      ...reason,
      message: apiSentence(reason.message, locale) ?? reason.message,
      what_to_do: apiSentence(reason.what_to_do, locale) ?? reason.what_to_do,
    })),
  }));
  return { ...order, actions };
}
