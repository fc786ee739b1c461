import { choice, choices, cursor, day, idFilter, limit, search, skip } from "../../contract/query-parameters.ts";
import { includes } from "../read.ts";
import { sorts } from "./request.ts";

export const include = choices(includes, "What to answer beside the order itself.");

/** What else an order can be filtered by, in every list. */
const contents = {
  order_date_from: day("Orders of this day or later."),
  order_date_to: day("Orders of this day or earlier."),
  q: search("Part of ship name, ship city, customer's name or company; or an order id."),
};

/** Downwards by id unless another order is asked for, as in the original. */
const sort = choice(sorts, "The order of the list; `-` is downwards.");

export const pageQuery = {
  ...contents,
  sort,
  // An old client, which knows no pages, still sees a small database whole.
  limit: limit(1000, 1000),
  cursor,
  skip,
  include,
};

export const filters = {
  status_id: idFilter("Orders in this status."),
  customer_id: idFilter("Orders of this customer."),
  employee_id: idFilter("Orders of this employee."),
  shipper_id: idFilter("Orders that this shipper carries."),
};

/** The lists of a customer's and of an employee's orders begin with the newest order date, as in the original. */
export const pageByDateQuery = {
  ...pageQuery,
  sort: choice(sorts, "The order of the list; `-` is downwards.", "-order_date"),
};

/** The filters of the list of orders, for what is asked of the list as a whole. */
export const allFilters = { ...filters, ...contents };

/** The same with the order of the list. */
export const filtersAndSort = { ...allFilters, sort };
