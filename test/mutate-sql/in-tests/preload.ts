// Loaded before a test file (`bun test --preload`): puts a mutant in the place of its query, or tries many of them
// beside the queries that the tests run.
import { readAssignment } from "./assignment.ts";
import { record } from "./record.ts";
import { useOnlySqlite } from "./sqlite-only.ts";
import { takePlaces } from "./take-places.ts";

const assignment = readAssignment();
if (assignment.sqliteOnly) useOnlySqlite(assignment.template);
if (assignment.task === "record") record(assignment.mutants, assignment.to);
else takePlaces(assignment.mutants);
