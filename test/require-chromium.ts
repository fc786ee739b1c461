// Makes sure that a browser is installed, or explains in one sentence how to install it.
import { installChromium } from "../web/test/chromium.ts";

try {
  installChromium();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
