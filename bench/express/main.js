// The eight routes of the original Northwind API in Express and mysql2: a peer to measure against. One worker process
// per core, as Express's own advice for production has it.
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
  createApp(orders).listen(Number(process.env.PORT), process.env.HOST, (error) => {
    if (error) throw error;
  });
}
