/**
 * Parses the supplier ids of a product, which the database stores as text like "2;6", the form that Access exported. In
 * the API they are a list of ids. Parts of imported text that are not ids are ignored.
 */
export function readSupplierIds(text: string | null): number[] {
  return (text ?? "")
    .split(";")
    .flatMap((part) => (/^[1-9][0-9]{0,9}$/.test(part.trim()) ? [Number(part.trim())] : []));
}

/** The supplier ids as text for the database, null if there are none. */
export function writeSupplierIds(ids: readonly number[]): string | null {
  return ids.length === 0 ? null : ids.join(";");
}
