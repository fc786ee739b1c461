// The eight routes of the original Northwind API in Fastify and mariadb: a peer to measure against. One worker process
// per core: Fastify runs on one thread, and its advice for production is one process per core.
import cluster from "node:cluster";

const workers = Number(process.env.CPUS);

if (cluster.isPrimary) {
  for (let started = 0; started < workers; started += 1) cluster.fork({ NODE_ENV: "production" });
  const stop = () => {
    for (const worker of Object.values(cluster.workers)) worker.process.kill("SIGTERM");
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // A worker that cannot start (no database, no port) takes the whole contestant with it.
  cluster.on("exit", (_, code) => process.exit(code ?? 1));
} else {
  const { openOrders } = await import("./orders.js");
  const { createApp } = await import("./app.js");
  const connections = Math.max(1, Math.floor(Number(process.env.POOL_SIZE) / workers));
  const orders = await openOrders(process.env.DATABASE_URL, connections);
  await createApp(orders).listen({ port: Number(process.env.PORT), host: process.env.HOST });
}
