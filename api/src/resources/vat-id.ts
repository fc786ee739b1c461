import { checkVAT, countries } from "jsvat";
import type { Issue } from "../contract/answer.ts";

/** A number of a bank or a tax office without the spaces, dots and hyphens of its printed form; empty is none. */
export function compact(text: string | null | undefined): string | null | undefined {
  return text == null ? text : text.replace(/[\s.-]/g, "").toUpperCase() || null;
}

/** An issue if the VAT number, as `compact` stores it, cannot be right. */
export function vatIdIssues(vatId: string | null): readonly Issue[] {
  if (vatId === null || !isWrong(vatId)) return [];
  const message = "Is no VAT number of this country: a digit is missing, wrong or in the wrong place.";
  return [{ pointer: "#/vat_id", code: "rule", message }];
}

/** Brazil's numbers have no letters in front, so any number would be taken for one of them. */
const lettered = countries.filter(({ codes }) => !codes.includes("BR"));

/** A number without the letters of a country, or of a country without a known rule, is accepted as it is. */
function isWrong(text: string): boolean {
  if (!/^[A-Z]{2}/.test(text)) return false;
  const { isSupportedCountry, isValid } = checkVAT(text, lettered);
  return isSupportedCountry && !isValid;
}

/** The letters of the countries among which reverse charge holds: those of the European Union, and Northern Ireland. */
const unionLetters: ReadonlySet<string> = new Set(
  "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI".split(" "),
);

/** Whether the number, as `compact` stores it, is right and of a country of the European Union or Northern Ireland. */
export function isUnionVatId(vatId: string): boolean {
  const letters = vatId.slice(0, 2);
  if (!unionLetters.has(letters)) return false;
  // Northern Ireland has the numbers of Great Britain.
  return checkVAT(letters === "XI" ? `GB${vatId.slice(2)}` : vatId, lettered).isValid;
}
