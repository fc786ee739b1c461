import { describe, expect, test } from "bun:test";
import { company, setCompany } from "../../../api/company.ts";
import type { Order } from "../../../api/types.ts";
import { type Choice, isAmbiguous } from "../../../components/form/use-choices.ts";
import { amountText, percentText, readAmount, readMoney, readPercent, readRate } from "../../../form/amount-text.ts";
import { exactFirst, marked } from "../../searches.ts";
import { fieldPathOf } from "../field-paths.ts";
import { type FormState, formReducer, formStateOf } from "../form-state.ts";
import { createBody, isChanged, updateBody } from "./body.ts";
import { typingIssues } from "./check.ts";
import { blankDetail, type Draft, draftOf, emptyDraft } from "./draft.ts";
import { totalsOf } from "./totals.ts";
import { warningsOf } from "./warnings.ts";

const today = "2026-11-23";
const customer_id = { id: 4, name: "Thistle" };

function draft(texts: Partial<Draft["texts"]> = {}, ...rows: readonly (readonly [string, string, string])[]): Draft {
  const empty = emptyDraft(today);
  const details = rows.map(([quantity, unit_price, discount], at) => ({
    ...blankDetail(`r${at + 1}`),
    product: { id: at + 1, name: `Product ${at + 1}` },
    ...{ quantity, unit_price, discount },
  }));
  return { ...empty, texts: { ...empty.texts, ...texts }, details };
}

describe("amounts as they are typed", () => {
  test.each([
    ["en", "12.5", "12.5000"],
    ["en", "1,234.50", "1234.5000"],
    ["en", ".5", "0.5000"],
    ["en", "007", "7.0000"],
    ["es", "12,5", "12.5000"],
    ["es", "1.234,50", "1234.5000"],
    ["es", "12.5", "12.5000"],
    ["es", "1.234", "1234.0000"],
  ] as const)("%s: %s is %s", (locale, typed, decimal) => {
    expect(JSON.stringify(readAmount(typed, locale))).toBe(JSON.stringify({ decimal }));
  });

  test.each(["1,5", "1.2.3", "abc", "1e3", "12,34.5"])("%s is no amount in English", (typed) => {
    expect(readAmount(typed, "en")).toEqual({ refusal: "decimal-format" });
  });

  test.each([
    ["en", "DKK", "kr 5", "5.0000"],
    ["en", "DKK", "kr. 1,234.50", "1234.5000"],
    ["es", "DKK", "12,5 kr", "12.5000"],
    ["en", "DKK", "dkk5", "5.0000"],
    ["en", "EUR", "€5", "5.0000"],
    ["es", "EUR", "5 €", "5.0000"],
    ["en", "USD", "$ 5", "5.0000"],
  ] as const)("%s, %s: the currency may stand beside an amount of money: %s", (locale, code, typed, decimal) => {
    const before = company();
    setCompany({ ...before, currency: { code, minorUnit: 2 } });
    expect(JSON.stringify(readMoney(typed, locale))).toBe(JSON.stringify({ decimal }));
    const row = draft({ shipping_fee: typed }, ["1", typed, ""]);
    expect([...typingIssues({ ...row, choices: { ...row.choices, customer_id } }, locale, "new")]).toEqual([]);
    expect(createBody(row, emptyDraft(today), locale)).toMatchObject({
      shipping_fee: decimal,
      order_details: [{ unit_price: decimal }],
    });
    setCompany(before);
  });

  test("another currency is no part of an amount, and none is part of a quantity", () => {
    expect(readMoney("€5", "en")).toEqual({ refusal: "decimal-format" });
    expect([...typingIssues(draft({}, ["$5", "1", ""]), "en", "edit").values()]).toEqual(["number"]);
  });

  test("is written as it can be read again", () => {
    expect([amountText("1234.5000", "en"), amountText("1234.5000", "es"), amountText("3.0000", "en", 0)]).toEqual([
      "1234.50",
      "1234,50",
      "3",
    ]);
    expect([percentText("0.0750", "en"), percentText("0.0000", "en"), percentText("0.0750", "es")]).toEqual([
      "7.5",
      "",
      "7,5",
    ]);
  });

  test("a percentage is a share of four places", () => {
    expect(JSON.stringify(readPercent("7.5 %", "en"))).toBe('{"decimal":"0.0750"}');
    expect(readPercent("101", "en")).toEqual({ refusal: "range" });
    expect(readPercent("0.001", "en")).toEqual({ refusal: "scale" });
  });

  test("a tax rate is a share of six places", () => {
    expect(JSON.stringify(readRate("8.425", "en"))).toBe('{"decimal":"0.084250"}');
    expect(JSON.stringify(readRate("8,425 %", "es"))).toBe('{"decimal":"0.084250"}');
    expect(readRate("8.42501", "en")).toEqual({ refusal: "scale" });
    expect(percentText(String(0.08425), "en")).toBe("8.425");
    expect(percentText(String(0.000001), "en")).toBe("0.0001");
    const taxed = totalsOf(draft({ tax_status_id: "1", tax_rate: "8.425" }, ["1", "7650", ""]), "en");
    expect(String(taxed.taxes)).toBe("644.5100");
    expect([...typingIssues(draft({ tax_rate: "8.42501" }, ["1", "1", ""]), "en", "edit")]).toEqual([
      ["tax_rate", "rate"],
    ]);
  });
});

describe("totals", () => {
  test("round each extended price once to cents, half up, and never lose a digit", () => {
    const totals = totalsOf(draft({ shipping_fee: "10" }, ["3", "0.01", "50"], ["1", "922337203685.4750", ""]), "en");
    expect(totals.extendedPrices.map(String)).toEqual(["0.0200", "922337203685.4800"]);
    expect(String(totals.orderTotal)).toBe("922337203695.5000");
  });

  test("taxes follow from the subtotal while the order is taxable and nobody entered others", () => {
    const taxable = draft({ tax_status_id: "1", tax_rate: "25", shipping_fee: "100" }, ["2", "10", ""]);
    expect(String(totalsOf(taxable, "en").taxes)).toBe("5.0000");
    expect(String(totalsOf({ ...taxable, texts: { ...taxable.texts, taxes: "1" } }, "en").orderTotal)).toBe("121.0000");
  });

  test("a rate makes the order taxable, and of an exempt order neither the rate counts nor what is wrong with it", () => {
    const typed = (state: FormState, field: "tax_rate" | "tax_status_id", text: string) =>
      formReducer(state, { type: "typed", field, text });
    const zero = typed(formStateOf(draft({}, ["2", "10", ""])), "tax_rate", "0.0");
    expect(zero.draft.texts.tax_status_id).toBe("");
    const taxed = typed(zero, "tax_rate", "8.425");
    expect([taxed.draft.texts.tax_status_id, String(totalsOf(taxed.draft, "en").taxes)]).toEqual(["1", "1.6900"]);
    const exempt = typed(typed(taxed, "tax_rate", "8.x"), "tax_status_id", "0").draft;
    expect([...typingIssues(exempt, "en", "edit")]).toEqual([]);
    expect(createBody(exempt, emptyDraft(today), "en")).not.toHaveProperty("tax_rate");
    expect(updateBody(exempt, taxed.draft, "en")).toMatchObject({ tax_status_id: 0, tax_rate: null });
  });

  describe("tax classes", () => {
    const rates = [
      { tax_class: "Standard", valid_from: "2020-07-01", tax_rate: 0.16 },
      { tax_class: "Standard", valid_from: "2021-01-01", tax_rate: 0.19 },
      { tax_class: "Reduced", valid_from: "2007-01-01", tax_rate: 0.07 },
    ];
    const tea = { id: 1, name: "Tea", taxClass: "Standard" };
    const bread = { id: 2, name: "Bread", taxClass: "Reduced" };
    const choose = (state: FormState, key: string, product: typeof tea) =>
      formReducer(state, { type: "product", key, product, price: "10" });
    const treat = (state: FormState, treatment: string) => formReducer(state, { type: "treatment", treatment });
    const chosen = choose(choose(formStateOf(draft({}, ["", "", ""], ["", "", ""])), "r1", tea), "r2", bread);
    const groupsOf = (some: Draft) =>
      totalsOf(some, "en", rates).taxGroups.map(({ taxRate, taxes }) => `${taxRate} ${taxes}`);

    test("a product with a class makes the order taxable, at the rate of the order's day", () => {
      expect(chosen.draft.texts.tax_status_id).toBe("1");
      expect(groupsOf(chosen.draft)).toEqual(["0.190000 1.9000", "0.070000 0.7000"]);
      expect(String(totalsOf(chosen.draft, "en", rates).taxes)).toBe("2.6000");
      const earlier = { ...chosen.draft, texts: { ...chosen.draft.texts, order_date: "2020-08-01" } };
      expect(groupsOf(earlier)).toEqual(["0.160000 1.6000", "0.070000 0.7000"]);
    });

    test("a row in which nothing is entered has no rate", () => {
      const more = formReducer(chosen, { type: "addRow" }).draft;
      expect(groupsOf(more)).toEqual(["0.190000 1.9000", "0.070000 0.7000"]);
    });

    test("a typed rate counts for every row", () => {
      const one = { ...chosen.draft, texts: { ...chosen.draft.texts, tax_rate: "25" } };
      expect(groupsOf(one)).toEqual(["0.250000 5.0000"]);
    });

    test("who is not domestic pays no taxes, until another customer is chosen", () => {
      const abroad = treat(chosen, "reverse_charge");
      expect([abroad.draft.texts.tax_status_id, String(totalsOf(abroad.draft, "en", rates).taxes)]).toEqual([
        "0",
        "0.0000",
      ]);
      expect(treat(abroad, "domestic").draft.texts.tax_status_id).toBe("1");
      expect(treat(formStateOf(draft()), "domestic").draft.texts.tax_status_id).toBe("");
    });

    test("a stored row keeps the rate with which it was sold", () => {
      const [row] = chosen.draft.details;
      const sold = {
        ...chosen.draft,
        details: row === undefined ? [] : [{ ...row, product: { ...tea, soldRate: 0.05 } }],
      };
      expect(groupsOf(sold)).toEqual(["0.050000 0.5000"]);
    });
  });

  test("what cannot be read counts as nothing", () => {
    expect(String(totalsOf(draft({}, ["x", "10", ""], ["1", "2", ""]), "en").subtotal)).toBe("2.0000");
  });
});

const stored: Order = {
  ...{ id: 7, employee_id: 1, customer_id: 4, order_date: null, shipped_date: null, shipper_id: null, ship_name: "A" },
  ...{ ship_address: null, ship_city: null, ship_state_province: null, ship_zip_postal_code: null },
  ...{ ship_country_region: null, shipping_fee: null, taxes: null, payment_type: null, paid_date: null, notes: null },
  ...{ tax_rate: 0, tax_status_id: null, status_id: 0, order_details: [] },
};

test("a price below the cost is told also while the quantity is 0", () => {
  const some = draft({}, ["0", "5", ""], ["0", "10", ""]);
  const costly = some.details.map((row) => ({
    ...row,
    product: { id: row.product?.id ?? 0, name: "", cost: "9.0000" },
  }));
  const warnings = warningsOf({ ...some, details: costly }, "en", { today, shortages: new Map() });
  expect([...warnings].map(([path, { kind }]) => `${path} ${kind}`)).toEqual([
    "r1.quantity noQuantity",
    "r1.unit_price belowCost",
    "r2.quantity noQuantity",
  ]);
});

describe("what is sent", () => {
  test("of a new order only what was entered; the server dates it", () => {
    const body = createBody(draft({ notes: "x" }, ["1", "2.5", "10"]), emptyDraft(today), "en");
    expect(body).toEqual({
      notes: "x",
      order_details: [{ product_id: 1, quantity: "1.0000", unit_price: "2.5000", discount: "0.1000" }],
    });
  });

  test("of a change only what differs; an emptied field is null", () => {
    const base = draftOf(stored, () => "name", "en");
    expect(isChanged(base, base, "en")).toBe(false);
    const changed = { ...base, texts: { ...base.texts, ship_name: "", shipped_date: today } };
    expect(updateBody(changed, base, "en")).toEqual({ ship_name: null, shipped_date: `${today}T00:00:00` });
  });
});

test("a reason for a correction is sent with what it corrects", () => {
  const base = draftOf({ ...stored, status_id: 3 }, () => "name", "en");
  const texts = { ...base.texts, shipping_fee: "3", correction_reason: "Agreed otherwise" };
  const body = { shipping_fee: "3.0000", correction_reason: "Agreed otherwise" };
  expect(updateBody({ ...base, texts }, base, "en")).toEqual(body);
});

describe("what is wrong", () => {
  test("is found by its field, and empty rows are ignored", () => {
    const wrong = draft({ shipping_fee: "-1", ship_city: "x".repeat(51) }, ["", "1", "101"]);
    const issues = typingIssues({ ...wrong, details: [...wrong.details, blankDetail("r2")] }, "en", "new");
    expect([...issues]).toEqual([
      ["customer_id", "required"],
      ["r1.quantity", "required"],
      ["r1.discount", "percent"],
      ["shipping_fee", "negative"],
      ["ship_city", "long"],
    ]);
  });

  test("a pointer of the server leads to the row in the form", () => {
    const filled = draft({}, ["1", "1", ""], ["2", "2", ""]);
    const withBlank = { ...filled, details: [blankDetail("r9"), ...filled.details] };
    const path = (pointer: string) => fieldPathOf({ pointer, code: "range", message: "" }, withBlank);
    expect([path("#/order_details/1/quantity"), path("#/ship_name"), path("#/order_details")]).toEqual([
      "r2.quantity",
      "ship_name",
      "order_details",
    ]);
  });
});

describe("the address", () => {
  const shipTo = (ship_city: string, force = false) => {
    const rest = { ship_name: "N", ship_address: "A", ship_state_province: "S", ship_zip_postal_code: "1" };
    return { type: "shipTo", shipTo: { ...rest, ship_city, ship_country_region: "C" }, force } as const;
  };

  test("follows the customer until another one is typed", () => {
    const first = formReducer(formStateOf(emptyDraft(today)), shipTo("Oslo"));
    const second = formReducer(first, shipTo("Bergen"));
    expect(second.draft.texts.ship_city).toBe("Bergen");
    const typed = formReducer(second, { type: "typed", field: "ship_city", text: "Narvik" });
    expect(formReducer(typed, shipTo("Rome")).draft.texts.ship_city).toBe("Narvik");
    const forced = formReducer(typed, shipTo("Rome", true));
    expect(formReducer(forced, shipTo("Paris")).draft.texts.ship_city).toBe("Paris");
  });
});

describe("rows", () => {
  test("a chosen product brings its price and one piece; Enter adds the next row", () => {
    const product = { id: 3, name: "Tea" };
    const chosen = formReducer(formStateOf(emptyDraft(today)), { type: "product", key: "r1", product, price: "4.00" });
    expect(chosen.draft.details[0]).toMatchObject({ product, quantity: "1", unit_price: "4.00" });
    const next = formReducer(chosen, { type: "nextRow", key: "r1" });
    expect([next.draft.details.length, next.focus.path]).toEqual([2, "r2.product_id"]);
    const moved = formReducer(next, { type: "moveRow", key: "r1", by: 1, field: "quantity" });
    expect([moved.draft.details.map(({ key }) => key), moved.focus.path]).toEqual([["r2", "r1"], "r1.quantity"]);
    expect(formReducer(moved, { type: "moveRow", key: "r1", by: 1, field: "quantity" })).toBe(moved);
    const removed = formReducer(next, { type: "removeRow", key: "r1" });
    expect(removed.draft.details.map(({ key }) => key)).toEqual(["r2"]);
  });
});

test("what is called exactly what was typed comes first, whatever its case and accents; of several, none is taken", () => {
  const products = [
    { id: 7, name: "Northwind Traders Pears", code: "NWTDFN-74" },
    { id: 80, name: "Ceylon", code: "NWTDFN-7" },
    { id: 5, name: "Ávila Jam", code: null },
  ];
  const found = (typed: string) =>
    exactFirst(
      products.map((product) => marked<Choice>(product, typed)),
      typed,
    );
  const idsOf = (typed: string) => found(typed).map(({ id }) => id);
  expect([idsOf("nwtdfn-7"), idsOf(" avila  jam"), idsOf("#5"), idsOf("pears")]).toEqual([
    [80, 7, 5],
    [5, 7, 80],
    [5, 7, 80],
    [7, 80, 5],
  ]);
  expect(isAmbiguous(found("nwtdfn-7"))).toBe(false);
  const twins = [...products, { id: 81, name: "Green tea", code: "nwtdfn-7" }];
  expect(isAmbiguous(twins.map((product) => marked<Choice>(product, "NWTDFN-7")))).toBe(true);
});
