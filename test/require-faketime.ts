// Makes sure that libfaketime is installed and prints its path, or explains in one sentence how to install it.
import { installFaketime } from "../faults/system/install-faketime.ts";

const library = installFaketime(console.error);
if (library === null) {
  console.error("libfaketime is missing: install it (Debian: apt-get install libfaketime).");
  process.exitCode = 1;
} else console.log(library);
