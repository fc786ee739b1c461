// Makes sure that MariaDB and Galera are installed, or explains how to install them. With a path as argument, it also
// makes a data folder there for the servers of this run to copy.
import { installGalera, makeTemplate } from "sqlproof/private-mariadb";

const [template] = process.argv.slice(2);
try {
  installGalera();
  if (template !== undefined) makeTemplate(template);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
