// Serves the built pages, as a child of the program that started it, and makes sure that they never outlive it, however
// it ended: an orphan would occupy the port.
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();
process.env.NODE_ENV = "production";
const { servePages } = await import("./border/serve.ts");
await servePages(process.env);
