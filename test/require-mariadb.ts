// Makes sure that MariaDB's programs are on this machine, or says in one sentence how they get there.
import { installMariadb } from "sqlproof/private-mariadb";

try {
  installMariadb();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
