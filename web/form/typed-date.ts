/** Stands for an incomplete or invalid date: browsers do not tell what is typed until it is a date. */
export const noDate = "?";

/** What a date field holds: a day, nothing, or text that is no date. */
export function dateIn({ validity, value }: HTMLInputElement): string {
  return validity.badInput ? noDate : value;
}

/** Whether this field shows text that is no date. */
export function isUnreadDate(elementId: string): boolean {
  const element = document.getElementById(elementId);
  return element instanceof HTMLInputElement && element.type === "date" && dateIn(element) === noDate;
}
