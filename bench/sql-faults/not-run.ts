/** Tools that were considered and not run, each with the reason. */
export const notRun: readonly string[] = [
  "SQLx itself was not run: it needs a Rust project and its toolchain; the PREPARE columns stand for what its macros ask MySQL and SQLite.",
  "sqlc was not run: it is a Go program that generates TypeScript by a plugin fetched at run time.",
  "pgtyped and safeql were not run: they work with PostgreSQL only.",
  "Prisma TypedSQL was not run: it downloads its engines after installation, serves one provider per schema, and has parameters annotated by hand on SQLite.",
  "sqlx-ts was not run: its npm package downloads a program after installation.",
];
