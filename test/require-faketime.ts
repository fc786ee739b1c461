// Makes sure that libfaketime is on this machine and says where, or says in one sentence how it gets there.
import { installFaketime } from "../faults/system/install-faketime.ts";

const library = installFaketime(console.error);
if (library === null) {
  console.error("libfaketime is missing: install it (Debian: apt-get install libfaketime).");
  process.exitCode = 1;
} else console.log(library);
