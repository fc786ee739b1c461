// Makes sure that the programs of MariaDB and Galera are on this machine, or says in one sentence how they get there.
import { installGalera } from "sqlproof/private-mariadb";

try {
  installGalera();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
