// Moves a database to another place, also to the other engine, while programs go on reading and writing it.
// `move.ts` has the order of the work, `pass.ts` compares and copies, `*-source.ts` and `*-target.ts` are the engines.
export { giveUpMove, type MoveEvent, type MoveOutcome, moveDatabase } from "./move.ts";
export { MoveError, placeName } from "./places.ts";
