import { exactText, flag, idList, idOrNoneFilter } from "../../contract/filter-parameters.ts";
import { choice, choices, cursor, day, limit, search, skip } from "../../contract/query-parameters.ts";
import { includes, includesOfOne } from "../read.ts";
import { sorts } from "./request.ts";

const include = choices(includes, "What to answer beside the order itself.");

/** The same for one order. */
export const includeOfOne = choices(
  includesOfOne,
  "What to answer beside the order itself; `actions` says what you may do with it now, and what stands against the " +
    "rest; `promises` says of each detail when its goods are there.",
);

const mostIds = 500;
const mostStatuses = 20;

/** Everything that an order can be filtered by. */
export const filters = {
  status_id: idList("Orders in this status, or in one of these: `0,1`.", mostStatuses),
  customer_id: idOrNoneFilter("Orders of this customer."),
  employee_id: idOrNoneFilter("Orders of this employee."),
  shipper_id: idOrNoneFilter("Orders that this shipper carries."),
  order_date_from: day("Orders of this day or later."),
  order_date_to: day("Orders of this day or earlier."),
  shipped_date_from: day("Orders that were shipped on this day or later."),
  shipped_date_to: day("Orders that were shipped on this day or earlier."),
  paid_date_from: day("Orders that were paid on this day or later."),
  paid_date_to: day("Orders that were paid on this day or earlier."),
  shipped: flag("Orders with a shipped date, or those without one."),
  paid: flag("Orders with a paid date, or those without one."),
  ship_country_region: exactText("Orders to this country, written as in the order.", 50),
  ids: idList("Only these orders.", mostIds),
  q: search(
    "Words that occur, in any order, in ship name, ship city, the customer's name, company, city or e-mail address, and " +
      "the code, name or category of the products in its details; " +
      "or a phone number of the customer; or the number of an order (`805`, `#805`, `order 805`), which then comes first.",
  ),
};

const sortDescription =
  "The order of the list; `-` is downwards, and an order without a value comes before all others. Where too many orders " +
  "match for this sort, 422 `sort` says what works: `order_total`, for one, is computed and sorts up to 20,000 orders.";

/** Downwards by id unless another order is asked for, as in the original. */
const sort = choice(sorts, sortDescription);

export const pageQuery = {
  ...filters,
  sort,
  // An old client, which knows no pages, still sees a small database whole.
  limit: limit(1000, 1000),
  cursor,
  skip,
  include,
};

/** The lists of a customer's and of an employee's orders begin with the newest order date, as in the original. */
const { customer_id: _, employee_id: __, ...pageOfSomebody } = pageQuery;
export const pageByDateQuery = {
  ...pageOfSomebody,
  sort: choice(sorts, sortDescription, "-order_date"),
};

/** The filters of a list with its sort, for what is asked of the list as a whole. */
export const filtersAndSort = { ...filters, sort };
