// Makes sure that a browser is installed, the quicker one if possible, or explains in one sentence how to install it.
import { installChromium, preferShell } from "../web/test/chromium.ts";

try {
  preferShell();
  installChromium();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
