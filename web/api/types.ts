// What the API answers, by the API's own declarations: types only, nothing of the server reaches the browser.
export type { Issue, Page, ProblemCode } from "northwind-api/src/contract/answer.ts";
export type { Order, OrderContact, OrderCustomer } from "northwind-api/src/orders/fields.ts";
