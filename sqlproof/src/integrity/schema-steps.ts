/** Where the steps of a schema are, and the last one that the database has. */
export interface SchemaSteps {
  readonly folders: { readonly sqlite: string; readonly mariadb: string };
  readonly lastVersion: number;
}
