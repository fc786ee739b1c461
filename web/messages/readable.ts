/** A sentence of the API as people read it: fields by their labels, where they have one. */
export function readable(said: string, labelOf: (field: string) => string | undefined): string {
  return said.replace(/\b[a-z]+(?:_[a-z]+)+\b/g, (field) => labelOf(field) ?? field);
}
