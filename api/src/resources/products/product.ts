/**
 * The suppliers of a product. The schema keeps them as the text "2;6", as Access exported it; a client sees and sends
 * a list of ids. Parts of an old text that are no ids are left out.
 */
export function readSupplierIds(text: string | null): number[] {
  return (text ?? "")
    .split(";")
    .flatMap((part) => (/^[1-9][0-9]{0,9}$/.test(part.trim()) ? [Number(part.trim())] : []));
}

/** The list as the schema keeps it. */
export function writeSupplierIds(ids: readonly number[]): string | null {
  return ids.length === 0 ? null : ids.join(";");
}
