// What the API answers, by the API's own declarations: types only, nothing of the server reaches the browser.
import type { Issue as ApiIssue } from "northwind-api/src/contract/answer.ts";

export type { Page, ProblemCode } from "northwind-api/src/contract/answer.ts";

/** A fault of a request. */
export interface Issue extends ApiIssue {
  /** Its message in the language of the page, where that is not English and the sentence is known there. */
  readonly said?: string;
}
export type { Order, OrderContact, OrderCustomer } from "northwind-api/src/orders/fields.ts";
