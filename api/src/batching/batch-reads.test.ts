// Reads by id in the same turn of the event loop are one query, which is sent after the last of them has arrived.
import { describe, expect, test } from "bun:test";
import { batchReads } from "./batch-reads.ts";

interface Row {
  readonly id: number;
}

/** A table whose queries are answered when the test calls `answer`. */
function slowTable(longMs?: number) {
  const queries: { readonly ids: readonly number[]; readonly answer: PromiseWithResolvers<readonly Row[]> }[] = [];
  const read = batchReads<Row>((ids) => {
    const answer = Promise.withResolvers<readonly Row[]>();
    queries.push({ ids, answer });
    return answer.promise;
  }, longMs);
  const answer = (index: number) => {
    const query = queries[index];
    query?.answer.resolve(query.ids.filter((id) => id > 0).map((id) => ({ id })));
  };
  return { read, answer, queried: () => queries.map(({ ids }) => ids) };
}

/** Longer than a turn of the event loop, but shorter than a long query. */
const aMoment = () => Bun.sleep(1);

describe("batchReads", () => {
  test("ids of one turn are one query without duplicates, and a missing row is null", async () => {
    const table = slowTable();
    const rows = [table.read(1), table.read(2), table.read(-3), table.read(1)];
    await aMoment();
    expect(table.queried()).toEqual([[1, 2, -3]]);
    table.answer(0);
    expect(await Promise.all(rows)).toEqual([{ id: 1 }, { id: 2 }, null, { id: 1 }]);
  });

  test("a read is never answered by a query that was sent before it arrived", async () => {
    const table = slowTable();
    const before = table.read(1);
    await aMoment();
    const after = table.read(1);
    await aMoment();
    expect(table.queried()).toEqual([[1], [1]]);
    table.answer(0);
    expect(await before).toEqual({ id: 1 });
    expect(await Promise.race([after, aMoment().then(() => "not yet")])).toBe("not yet");
    table.answer(1);
    expect(await after).toEqual({ id: 1 });
  });

  test("while two queries are running, further reads wait and become one query when the first has ended", async () => {
    const table = slowTable(60_000);
    const rows: Promise<Row | null>[] = [];
    for (const id of [1, 2, 3, 4]) {
      rows.push(table.read(id));
      await aMoment();
    }
    expect(table.queried()).toEqual([[1], [2]]);
    table.answer(0);
    await rows[0];
    await aMoment();
    expect(table.queried()).toEqual([[1], [2], [3, 4]]);
    table.answer(1);
    table.answer(2);
    expect(await Promise.all(rows)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
  });

  test("later reads do not wait for queries that hang", async () => {
    const table = slowTable();
    for (const id of [1, 2]) {
      void table.read(id);
      await aMoment();
    }
    const third = table.read(3);
    await Bun.sleep(50);
    expect(table.queried()).toEqual([[1], [2], [3]]);
    table.answer(2);
    expect(await third).toEqual({ id: 3 });
  });

  test("ids that do not fit into one query are split into several", async () => {
    const table = slowTable();
    const rows = Array.from({ length: 300 }, (_, index) => table.read(index + 1));
    await aMoment();
    expect(table.queried().map((ids) => ids.length)).toEqual([256, 44]);
    table.answer(0);
    table.answer(1);
    expect((await Promise.all(rows)).map((row) => row?.id)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
  });

  test("a failed query rejects only the reads that waited for it", async () => {
    let fails = true;
    const read = batchReads<Row>(async (ids) => {
      if (fails) throw new Error("no");
      return ids.map((id) => ({ id }));
    });
    const results = await Promise.allSettled([read(1), read(2)]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    fails = false;
    expect(await read(1)).toEqual({ id: 1 });
  });
});
