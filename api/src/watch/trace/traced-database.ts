import type { Database, Transaction } from "sqlproof";
import { activeSpan, inSpan } from "./context.ts";
import { Span } from "./span.ts";
import type { Tracer } from "./tracer.ts";

/** A database whose transactions are spans; its statements report themselves. It is used only while tracing is on. */
export function tracedDatabase(database: Database, tracer: Tracer): Database {
  return {
    engine: database.engine,
    one: (query, ...params) => database.one(query, ...params),
    maybe: (query, ...params) => database.maybe(query, ...params),
    all: (query, ...params) => database.all(query, ...params),
    run: (query, ...params) => database.run(query, ...params),
    runMany: (query, params) => database.runMany(query, params),
    transaction: (body) => traced(database, tracer, body),
    ping: () => database.ping(),
    close: () => database.close(),
    // Where a database lacks one of these, that says something.
    ...(database.revision === undefined ? {} : { revision: database.revision.bind(database) }),
    ...(database.load === undefined ? {} : { load: database.load.bind(database) }),
    ...(database.size === undefined ? {} : { size: database.size.bind(database) }),
    ...(database.explain === undefined ? {} : { explain: database.explain.bind(database) }),
  };
}

async function traced<T>(database: Database, tracer: Tracer, body: (tx: Transaction) => Promise<T>): Promise<T> {
  const parent = activeSpan();
  if (parent === null) return database.transaction(body);
  const span = new Span(parent.within("transaction", "internal", performance.now()));
  span.failed = true;
  let attempts = 0;
  let bodyEndedAt = Number.NaN;
  try {
    const result = await database.transaction((tx) =>
      inSpan(span, async () => {
        attempts += 1;
        try {
          return await body(tx);
        } finally {
          bodyEndedAt = performance.now();
        }
      }),
    );
    span.failed = false;
    const commit = new Span(span.within("COMMIT", "client", bodyEndedAt));
    commit.attributes = { "db.system.name": database.engine, "db.operation.name": "COMMIT" };
    tracer.finish(commit);
    return result;
  } finally {
    span.attributes = { "northwind.attempts": attempts };
    tracer.finish(span);
  }
}
