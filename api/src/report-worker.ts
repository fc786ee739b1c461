// The entry of the report thread, which the reporter starts when it needs one.
import { allReports } from "./report-list.ts";
import { serveReports } from "./reports/worker.ts";

serveReports(allReports);
