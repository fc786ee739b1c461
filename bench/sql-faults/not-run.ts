/** Tools that were considered but not run, each with the reason. */
export const notRun: readonly string[] = [
  "sqlc was not run: it makes TypeScript only by a plugin that it downloads when it runs, and this corpus has no uses in Go. `npm run bench:sqlc-cases` takes its own test cases instead.",
  "pgtyped and safeql were not run: they work with PostgreSQL only.",
  "Prisma TypedSQL was not run: it needs an engine that is downloaded after installation, serves one provider per schema, and has parameters annotated by hand on SQLite.",
  "sqlx-ts was not run: its npm package downloads the program after installation.",
];
