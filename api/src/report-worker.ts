// The entry point of the report thread.
import { allReports } from "./report-list.ts";
import { serveReports } from "./reports/worker.ts";

serveReports(allReports);
