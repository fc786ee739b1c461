import { foldSearchText } from "./fold.ts";

/*
 * The text of a row that a search looks through: its fields with a space between them, folded. Every statement that
 * writes one of these fields writes the text as well, as `search_text`.
 */

/** As many characters as fit into the column; what is longer is found by its beginning. */
const longest = { contact: 510, product: 255, order: 255 } as const;

type Text = string | null;

interface Phones {
  readonly business_phone?: Text;
  readonly home_phone?: Text;
  readonly mobile_phone?: Text;
  readonly fax_number?: Text;
}

/** The fields of a customer, a supplier or a shipper that are searched. */
export interface SearchedCompany extends Phones {
  readonly company: Text;
  readonly first_name: Text;
  readonly last_name: Text;
  readonly city: Text;
  readonly email_address: Text;
}

/** The fields of an employee that are searched. */
export interface SearchedEmployee extends Phones {
  readonly first_name: Text;
  readonly last_name: Text;
  readonly job_title: Text;
  readonly city: Text;
  readonly email_address: Text;
}

export function companyText(row: SearchedCompany): string {
  const { company, first_name, last_name, city, email_address } = row;
  return cut(joined(company, first_name, last_name, city, email_address) + phonesText(row), longest.contact);
}

export function employeeText(row: SearchedEmployee): string {
  const { first_name, last_name, job_title, city, email_address } = row;
  return cut(joined(first_name, last_name, job_title, city, email_address) + phonesText(row), longest.contact);
}

/** The fields of a product that are searched. */
export interface SearchedProduct {
  readonly product_code: Text;
  readonly product_name: Text;
  readonly category: Text;
}

export function productText({ product_code, product_name, category }: SearchedProduct): string {
  return cut(joined(product_code, product_name, category), longest.product);
}

/** The fields of an order that are searched. */
export interface SearchedOrder {
  readonly ship_name: Text;
  readonly ship_city: Text;
}

export function orderText({ ship_name, ship_city }: SearchedOrder): string {
  return cut(joined(ship_name, ship_city), longest.order);
}

/** The fields of a user that are searched. */
export interface SearchedUser {
  readonly name: string;
  readonly email_address: string;
}

export function userText({ name, email_address }: SearchedUser): string {
  return cut(joined(name, email_address), longest.contact);
}

/** The fields of a tax rate that are searched. */
export interface SearchedTaxRate {
  readonly tax_class: string;
  readonly valid_from: string;
}

export function taxRateText({ tax_class, valid_from }: SearchedTaxRate): string {
  return cut(joined(tax_class, valid_from), longest.product);
}

/** Rows with their text, as the statements that insert them take them. */
export function withTexts<Row>(rows: readonly Row[], textOf: (row: Row) => string): (Row & { search_text: string })[] {
  return rows.map((row) => ({ ...row, search_text: textOf(row) }));
}

function joined(...fields: readonly Text[]): string {
  return foldSearchText(fields.map((field) => field ?? "").join(" "));
}

function phonesText({ business_phone, home_phone, mobile_phone, fax_number }: Phones): string {
  let text = "";
  for (const phone of [business_phone, home_phone, mobile_phone, fax_number]) {
    const digits = phone === null || phone === undefined ? "" : phoneDigits(foldSearchText(phone));
    if (digits !== "") text += ` ${digits}`;
  }
  return text;
}

const firstWideDigit = 0xff10;

/**
 * The digits of a folded phone number, without all else, as full-width digits. No folded text has any of these, so that
 * a phone number is found only by a search that asks for one, and `805` does not find every customer who has it in a
 * phone number.
 */
export function phoneDigits(text: string): string {
  return text.replace(/[^0-9]/g, "").replace(/[0-9]/g, (digit) => String.fromCharCode(firstWideDigit + Number(digit)));
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : Array.from(text).slice(0, most).join("");
}
