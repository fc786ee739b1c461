/** One reason why the checker refuses a query. */
export interface Finding {
  readonly message: string;
  /** Where in the text, or null when only the statement that MariaDB prints back shows it. */
  readonly offset: number | null;
  /** The name by which a comment in the text accepts it. */
  readonly waiver?: string;
}
