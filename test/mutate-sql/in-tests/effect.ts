/** What a statement answered, or why it was refused: both can be compared. */
export function effect(statement: () => string): string {
  try {
    return statement();
  } catch (error) {
    return `refused: ${error instanceof Error ? error.message : String(error)}`;
  }
}
