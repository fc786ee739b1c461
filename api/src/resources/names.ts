/** The name of a resource in a sentence: tax_rate is a tax rate. */
export function words(name: string): string {
  return name.replaceAll("_", " ");
}

/** The name of a resource as the first words of a sentence. */
export function title(name: string): string {
  return name.charAt(0).toUpperCase() + words(name).slice(1);
}

/** The name of a resource with "a" or "an". */
export function withArticle(name: string): string {
  return `${/^[aeio]/.test(name) ? "an" : "a"} ${words(name)}`;
}
