// Makes sure that Caddy is installed, or explains in one sentence how to install it.
import { installCaddy } from "./proxy/caddy.ts";

try {
  installCaddy();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
