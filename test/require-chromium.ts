// Makes sure that a browser is on this machine, or says in one sentence how it gets there.
import { installChromium } from "../web/test/chromium.ts";

try {
  installChromium();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
