import { boolean, date, datetime, decimal, double, integer, type Typed, text } from "../schema/model.ts";
import { atom } from "./atoms.ts";
import { literal } from "./literals.ts";
import { type Draft, deeper, type Scope } from "./scope.ts";

/** The forms that only values of this type have. */
export function ownForm(draft: Draft, scope: Scope, wanted: Typed): string {
  switch (wanted.type) {
    case "integer":
    case "bigint":
      return wholeNumber(draft, scope, wanted);
    case "decimal":
      return amount(draft, scope, wanted);
    case "double":
      return floating(draft, scope);
    case "boolean":
      return `(${draft.rules.condition(draft, deeper(scope))})`;
    case "text":
      return characters(draft, scope, wanted);
    case "date":
      return `DATE(${atom(draft, scope, datetime)})`;
    case "datetime":
    case "blob":
      return atom(draft, scope, wanted);
  }
}

function operand(draft: Draft, scope: Scope, wanted: Typed): string {
  const inner = draft.rules.expression(draft, deeper(scope), wanted);
  return /^[\w.]+(?:\([^()]*\))?$/.test(inner) || draft.random.chance(0.08) ? inner : `(${inner})`;
}

function wholeNumber(draft: Draft, scope: Scope, wanted: Typed): string {
  const one = () => operand(draft, scope, wanted);
  const { random } = draft;
  const divisor = () => (random.chance(0.6) ? String(random.pick([2, 3, 7, -3, 10])) : one());
  return random.pick([
    () => `${one()} + ${one()}`,
    () => `${one()} - ${one()}`,
    () => `${one()} * ${random.between(0, 9)}`,
    () => `-${one()}`,
    () => `ABS(${one()})`,
    () => `${one()} % ${divisor()}`,
    () => `${one()} + ${random.between(0, 5)} - ${one()}`,
    () => `${one()} DIV ${divisor()}`,
    () => `MOD(${one()}, ${divisor()})`,
    () => `SIGN(${operand(draft, scope, random.pick([wanted, decimal(2)]))})`,
    () => `CAST(${operand(draft, scope, random.pick([wanted, boolean]))} AS ${random.pick(["INTEGER", "SIGNED"])})`,
    () => `CHAR_LENGTH(${operand(draft, scope, text)})`,
    () => `INSTR(${operand(draft, scope, text)}, ${operand(draft, scope, text)})`,
    () => `${random.pick(["YEAR", "MONTH", "DAY"])}(${operand(draft, scope, random.pick([date, datetime]))})`,
    () => `HOUR(${operand(draft, scope, datetime)})`,
    () => `${random.pick(["FLOOR", "CEIL"])}(${operand(draft, scope, decimal(random.pick([2, 4])))})`,
  ])();
}

/** The scale of a quotient is that of its first operand and four more places. */
const quotientPlaces = 4;

function amount(draft: Draft, scope: Scope, wanted: Typed): string {
  const one = () => operand(draft, scope, wanted);
  const of = (scale: number) => operand(draft, scope, scale === 0 ? integer : decimal(scale));
  const { random } = draft;
  const { scale } = wanted;
  const forms = [
    () => `${one()} + ${one()}`,
    () => `${one()} - ${one()}`,
    () => `${one()} * ${of(0)}`,
    () => `${random.between(2, 5)} * ${one()}`,
    () => `-${one()}`,
    () => `ABS(${one()})`,
    () => `${one()} + ${random.pick(["1", "0.5", "10.25"])}`,
    () => `ROUND(${of(random.pick([2, 4, 6]))}, ${scale})`,
    () => `ROUND(${of(random.pick([0, 2]))} / ${of(random.pick([0, 2]))}, ${scale})`,
    () => `TRUNCATE(${of(random.pick([2, 4]))}, ${scale})`,
  ];
  if (scale > 0) forms.push(() => `${of(scale - 1)} * 1.5`);
  if (scale % 2 === 0) forms.push(() => `${of(scale / 2)} * ${of(scale / 2)}`);
  if (scale >= quotientPlaces) forms.push(() => `${of(scale - quotientPlaces)} / ${of(random.pick([0, 0, 2]))}`);
  return random.pick(forms)();
}

function floating(draft: Draft, scope: Scope): string {
  const one = () => operand(draft, scope, double);
  return draft.random.pick([
    () => `-${one()}`,
    () => `ABS(${one()})`,
    () => `${one()} * 2`,
    () => `${one()} + ${one()}`,
    () => `SQRT(${operand(draft, scope, draft.random.pick([double, integer, decimal(2)]))})`,
  ])();
}

function characters(draft: Draft, scope: Scope, wanted: Typed): string {
  const one = () => operand(draft, scope, wanted);
  const { random } = draft;
  const written = () => operand(draft, scope, random.pick([integer, datetime, date, wanted]));
  return random.pick([
    () => `${one()} || ${written()}`,
    () => `${one()} || '-'`,
    () => `CONCAT(${one()}, '-', ${written()})`,
    () => `CAST(${written()} AS CHAR)`,
    () => `SUBSTR(${one()}, ${random.between(1, 4)}, ${random.between(0, 5)})`,
    () => `SUBSTR(${one()}, ${random.between(1, 4)})`,
    () => `TRIM(${one()})`,
    () => `LTRIM(${one()})`,
    () => `RTRIM(${one()})`,
    () => `REPLACE(${one()}, ${literal(draft, wanted)}, ${literal(draft, wanted)})`,
    () => `SUBSTR(${atom(draft, scope, random.pick([date, datetime]))}, 1, ${random.pick([4, 7, 10])})`,
    () => `${random.pick(["UPPER", "LOWER"])}('Abc') || ${one()}`,
  ])();
}
