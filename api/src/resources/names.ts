/** The name of a resource as the first word of a sentence. */
export function title(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The name of a resource with "a" or "an". */
export function withArticle(name: string): string {
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}
