// The list of all rows. Each row is one file below rows/: F.. injects a fault under load, into the server, the cluster,
// the clients, what they may do or the backups; I.. sends hostile input.
// The numbers are fixed, because docs/reliability.md and the decisions refer to them.
import type { Row } from "./row.ts";
import { row as f17 } from "./rows/access/f17-revocation.ts";
import { row as f18 } from "./rows/access/f18-database-away.ts";
import { row as f19 } from "./rows/access/f19-clock.ts";
import { row as f20 } from "./rows/backup/f20-kill-backup.ts";
import { row as f21 } from "./rows/backup/f21-kill-restore.ts";
import { row as f22 } from "./rows/backup/f22-full-disk.ts";
import { row as f23 } from "./rows/backup/f23-backup-under-load.ts";
import { row as f24 } from "./rows/backup/f24-changed-backup.ts";
import { row as f11 } from "./rows/clients/f11-races.ts";
import { row as f13 } from "./rows/clients/f13-idle-connections.ts";
import { row as f14 } from "./rows/clients/f14-slow-clients.ts";
import { row as f15 } from "./rows/clients/f15-overload.ts";
import { row as f26 } from "./rows/clients/f26-last-unit.ts";
import { row as f07 } from "./rows/cluster/f07-kill-node.ts";
import { row as f08 } from "./rows/cluster/f08-stop-nodes.ts";
import { row as f09 } from "./rows/cluster/f09-cut-off-node.ts";
import { row as i01 } from "./rows/input/i01-openapi.ts";
import { row as i03 } from "./rows/input/i03-json.ts";
import { row as i04 } from "./rows/input/i04-money.ts";
import { row as i05 } from "./rows/input/i05-text.ts";
import { row as i06 } from "./rows/input/i06-raw-sockets.ts";
import { row as i10 } from "./rows/input/i10-model.ts";
import { row as i11 } from "./rows/input/i11-odd-headers.ts";
import { row as i12 } from "./rows/input/i12-trade.ts";
import { row as f01 } from "./rows/server/f01-kill-api.ts";
import { row as f02 } from "./rows/server/f02-kill-mariadb.ts";
import { row as f03 } from "./rows/server/f03-freeze-mariadb.ts";
import { row as f05 } from "./rows/server/f05-disk-full.ts";
import { row as f06 } from "./rows/server/f06-clock.ts";
import { row as f12 } from "./rows/server/f12-every-await.ts";
import { row as f16 } from "./rows/server/f16-rolling-restart.ts";
import { row as f25 } from "./rows/server/f25-kill-trade.ts";

/** Every row of the programme, in the order in which the rows run. */
export const rows: readonly Row[] = [
  ...[f01, f02, f03, f05, f06, f07, f08, f09, f11, f12, f13, f14, f15, f16, f17, f18, f19],
  ...[f20, f21, f22, f23, f24, f25, f26],
  ...[i01, i03, i04, i05, i06, i10, i11, i12],
];
