import { anyNullable, type Operand, type Rule, scaleOf } from "./rule.ts";

/** `ASSIGN` takes the column and then the value that it gets. STRICT tables and strict MariaDB convert differently. */
function assign(operand: Operand, why: string, shown: string, when?: Rule["when"]): Rule {
  const rule: Rule = {
    id: `assign-${operand}`,
    of: ["ASSIGN"],
    takes: [operand, operand],
    gives: (types) => ({ kind: "truth", nullable: anyNullable(types) }),
    why,
    shown,
  };
  return when === undefined ? rule : { ...rule, when };
}

export const assignments: readonly Rule[] = [
  assign("whole", "A whole number within the column's range is stored as it is.", "UPDATE a SET m = n"),
  assign(
    "decimal",
    "Units of the same place are stored as they are.",
    "UPDATE a SET d = 10.5, e = d",
    ([column, value]) => scaleOf(column) === scaleOf(value),
  ),
  assign("double", "Both store IEEE doubles.", "UPDATE a SET g = f"),
  assign("truth", "Both store false as 0 and true as 1.", "UPDATE a SET b = (n > 0)"),
  assign("text", "Text that is not longer than the column is stored as it is.", "UPDATE a SET s = t"),
  assign("datetime", "Both store the same second.", "UPDATE a SET v = w"),
  assign("date", "Both store the same day.", "UPDATE a SET z = '2024-02-29'"),
  assign("blob", "Both store the same bytes.", "UPDATE a SET o = x'00'"),
];
