/** For tests: migrates one database in a separate process and kills that process at a given progress event. */
import { migrateMariadb } from "./mariadb.ts";
import type { MigrationOptions } from "./plan.ts";
import { migrateSqlite } from "./sqlite.ts";

const [engine = "", target = "", folder = "", killAt = "0"] = process.argv.slice(2);
let events = 0;
const options: MigrationOptions = {
  folder,
  onProgress: ({ phase }) => {
    if (phase === "waiting") return;
    events += 1;
    if (events === Number(killAt)) process.kill(process.pid, "SIGKILL");
  },
};

if (engine === "mariadb") await migrateMariadb({ server: JSON.parse(target), ...options });
else await migrateSqlite({ database: JSON.parse(target), ...options });
