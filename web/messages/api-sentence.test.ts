// The reasons of the API, in every language: the sentences are those of its own source.
import { expect, test } from "bun:test";
import { join } from "node:path";
import { unmetOf } from "northwind-api/src/orders/actions/conditions.ts";
import type { Situation } from "northwind-api/src/orders/actions/situation.ts";
import { conditionsOf } from "northwind-api/src/purchasing/conditions.ts";
import { actionNames as purchaseActionNames } from "northwind-api/src/purchasing/fields.ts";
import { actionsOf } from "northwind-api/src/stock/counts/conditions.ts";
import { workflow } from "../orders/actions/shown-actions.ts";
import { apiSentence, apiSentences, errorSaid } from "./api-sentence.ts";
import en from "./en.json";

/** Situations that meet every condition of every action. */
function* situations(): Generator<Situation> {
  for (const status_id of [0, 1, 2, 3, 4])
    for (const policy of ["partial", "complete"] as const)
      for (const numbers of [
        {},
        { open: 5n },
        { open: 5n, owed: 1n },
        { allocated: 1n, shipped: 2n, open: 2n, available: 1n },
      ])
        for (const returned of [0n, numbers.shipped ?? 0n])
          for (const seller of ["none", "costless", "known", "gone"] as const)
            for (const lines of [0, 1]) yield situation(status_id, policy, { ...numbers, returned }, lines, seller);
  const partly = situation(0, "partial", { allocated: 1n, shipped: 2n }, 1, "known");
  for (const seesPrices of [true, false]) yield { ...partly, asked: 165_000n, seesPrices };
}

type Numbers = Readonly<Partial<Record<"allocated" | "shipped" | "open" | "available" | "returned" | "owed", bigint>>>;

function situation(
  status_id: number,
  policy: "partial" | "complete",
  numbers: Numbers,
  lines: number,
  seller: "none" | "costless" | "known" | "gone",
): Situation {
  const { allocated = 0n, shipped = 0n, open = 0n, available = 0n, returned = 0n, owed = 0n } = numbers;
  const quantities = { ordered: (allocated + shipped + open) * 10_000n, allocated: allocated * 10_000n };
  const detail = {
    ...{ isStocked: true, open: open * 10_000n, available: available * 10_000n },
    quantities: { ...quantities, shipped: shipped * 10_000n, invoiced: 0n, returned: returned * 10_000n },
    ...{ row: { purchase_order_id: 7, quantity: "3.0000", unit_price: "2.0000", discount: "0.0000" } },
    ...{ lacking: open - available, isOwed: owed > 0n },
    ...{ isSold: seller !== "none", hasCost: seller === "known", isDiscontinued: seller === "gone" },
  };
  const references = { invoices: 0, inventory_transactions: 0, shipments: 0 };
  const order = { status_id };
  // The conditions read no other column of the rows.
  return Object({
    ...{ order, policy, references, isNeverDetailed: false, invoicesOnShipment: false },
    ...{ asked: 0n, minorUnit: 2, seesPrices: true },
    details: Array.from({ length: lines }, () => detail),
  });
}

test("every reason against an action is known in Spanish, with its quantities as they are written there", () => {
  const said = new Set<string>();
  for (const one of situations())
    for (const action of [...workflow, "return"] as const)
      for (const { message, what_to_do } of unmetOf(action, one)) said.add(message).add(what_to_do);
  said.add("You lack the right ship-orders.");
  expect(said.size).toBeGreaterThan(25);
  expect([...said].filter((words) => apiSentence(words, "es") === null)).toEqual([]);
  expect(apiSentence("Still to be allocated: 2.5, available 0.", "es")).toBe("Por asignar: 2,5, disponibles 0.");
  const whole = "Still to be allocated: 2, available 1.5, and its details are allocated as a whole.";
  expect(apiSentence(whole, "es")).toBe("Por asignar: 2, disponibles 1,5, y sus líneas solo se asignan enteras.");
  expect(apiSentence("Still to be allocated: 2.5.", "es")).toBe("Por asignar: 2,5.");
  expect(apiSentence("It needs shipper_id.", "es")).toBe("Falta: Transportista.");
  expect([...said].filter((words) => words.startsWith("Earlier"))).toHaveLength(2);
  const asked = "Earlier invoices ask for 16.5, and only 6 is due.";
  expect(said).toContain(asked);
  expect(apiSentence(asked, "es")).toBe("Las facturas anteriores piden 16,5, y solo se debe 6.");
  expect(apiSentence("Already shipped: 12.", "es")).toBe("Ya enviado: 12.");
});

test("every reason against an action of a purchase order is known in Spanish", () => {
  const line = { id: 3, quantity: "5.0000", received: "0.0000" };
  const lists = [[], [line], [{ ...line, received: "2.5000" }]];
  const said = new Set<string>();
  for (const status_id of [0, 1, 2, 3, 4])
    for (const supplier_id of [null, 1])
      for (const details of lists)
        for (const action of purchaseActionNames) {
          const row = { status_id, supplier_id, submitted_principal: "7 Ann", submitted_by: null };
          // The conditions read no other column of the rows.
          const principal = { key: "user 7", userId: 7, name: "7 Ann", rights: new Set() };
          for (const { message, what_to_do } of conditionsOf(action, Object({ row, details }), Object({ principal })))
            said.add(message).add(what_to_do);
        }
  expect(said.size).toBeGreaterThan(25);
  expect([...said].filter((words) => apiSentence(words, "es") === null)).toEqual([]);
  expect(apiSentence("Still to come of detail 3: 2.5.", "es")).toBe("Por llegar de la línea 3: 2,5.");
});

test("what stands against approving a count is known in Spanish as well", () => {
  const row = (status: string) => Object({ status });
  const line = (counted: string | null, expected: string) => Object({ product_id: 7, counted, expected });
  const counts = [
    { row: row("open"), details: [line(null, "2.0000")] },
    { row: row("open"), details: [line("1.0000", "5.0000"), line("2.0000", "2.0000")] },
    { row: row("approved"), details: [] },
    { row: row("cancelled"), details: [] },
  ];
  const nobody = Object({ rights: new Set() });
  const said = new Set<string>();
  for (const count of counts)
    for (const onHand of [() => null, () => 10_000n])
      for (const { unmet } of actionsOf(count, onHand, nobody))
        for (const { message, what_to_do } of unmet) said.add(message).add(what_to_do);
  expect([...said].filter((words) => apiSentence(words, "es") === null)).toEqual([]);
  expect(said.size).toBeGreaterThan(8);
});

test("an English page says what the API says with the labels of fields, and an unknown sentence is not known", () => {
  expect(apiSentence("Already shipped: 12.", "en")).toBe("Already shipped: 12.");
  expect(apiSentence("It needs employee_id.", "en")).toBe("It needs Employee.");
  expect(apiSentence("Set payment_type of the order.", "en")).toBe("Set Payment type of the order.");
  expect(apiSentence("Nobody has ever said this.", "es")).toBeNull();
});

test("several sentences are said one after the other; one that is not known makes all unknown", () => {
  const said = "Still to be allocated: 2.5. Allocate it, or change the quantity.";
  expect(apiSentences(said, "es")).toBe("Por asignar: 2,5. Asígnelo o cambie la cantidad.");
  expect(apiSentences("It is discontinued.", "es")).toBe("Está descatalogado.");
  expect(apiSentences(`${said} Nobody has ever said this.`, "es")).toBeNull();
});

test("a refusal is said in Spanish issue by issue, and without issues by its message; what is not known stays as it is", () => {
  const error = { ok: false, status: 409, code: "state", current: null, etag: null, requestId: null } as const;
  const whole = {
    ...{ pointer: "#/order_details/0/quantity", code: "rule" as const },
    message: "This product is sold in whole pieces only.",
  };
  const odd = { pointer: "#", code: "state" as const, message: "Nobody has ever said this." };
  const several = errorSaid({ ...error, message: whole.message, issues: [whole, odd] }, "es");
  expect(several.issues).toEqual([{ ...whole, said: "Este producto solo se vende por piezas enteras." }, odd]);
  expect(several.said).toBeUndefined();
  const one = errorSaid({ ...error, message: "Must be at least 2.5, which is shipped or invoiced.", issues: [] }, "es");
  expect(one.said).toBe("Debe ser al menos 2,5: eso ya está enviado o facturado.");
});

test("every sentence that the pages know is one that the API says", async () => {
  const source = new Bun.Glob("**/*.ts");
  const folder = join(import.meta.dir, "../../api/src");
  const files = [...source.scanSync(folder)].filter((file) => !file.endsWith(".test.ts"));
  const said = (await Promise.all(files.map((file) => Bun.file(join(folder, file)).text()))).join("\n");
  const unsaid = Object.entries(en).filter(([key, words]) => {
    const longest = words.split(/\{\w+\}|[:;,.]/).toSorted((a, b) => b.length - a.length)[0] ?? words;
    // Short ones are put together there, such as "It is approved."
    return key.startsWith("said.") && longest.trim().split(" ").length > 3 && !said.includes(longest.trim());
  });
  expect(unsaid).toEqual([]);
});
