// Serves the built pages, as a child of the program that started it. It runs Next.js's own server and makes sure
// that it never outlives its parent, however that ended: an orphan would occupy the port.
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();
process.env.NODE_ENV = "production";
await import("./.next/standalone/web/server.js");
