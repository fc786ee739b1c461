// Makes sure that MariaDB and Galera are installed, or explains in one sentence how to install them.
import { installGalera } from "sqlproof/private-mariadb";

try {
  installGalera();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
