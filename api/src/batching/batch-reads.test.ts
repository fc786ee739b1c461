// Reads by id of one moment are one query, sent after the last of them has come.
import { describe, expect, test } from "bun:test";
import { batchReads } from "./batch-reads.ts";

interface Row {
  readonly id: number;
}

/** A table whose every query is answered when the test says so. */
function slowTable(longMs?: number) {
  const queries: { readonly ids: readonly number[]; readonly answer: PromiseWithResolvers<readonly Row[]> }[] = [];
  const read = batchReads<Row>((ids) => {
    const answer = Promise.withResolvers<readonly Row[]>();
    queries.push({ ids, answer });
    return answer.promise;
  }, longMs);
  const answer = (place: number) => {
    const query = queries[place];
    query?.answer.resolve(query.ids.filter((id) => id > 0).map((id) => ({ id })));
  };
  return { read, answer, asked: () => queries.map(({ ids }) => ids) };
}

/** Longer than a turn, shorter than what counts as long. */
const aMoment = () => Bun.sleep(1);

describe("gathered", () => {
  test("ids of one turn are one query, each asked for once; who is not there gets null", async () => {
    const table = slowTable();
    const rows = [table.read(1), table.read(2), table.read(-3), table.read(1)];
    await aMoment();
    expect(table.asked()).toEqual([[1, 2, -3]]);
    table.answer(0);
    expect(await Promise.all(rows)).toEqual([{ id: 1 }, { id: 2 }, null, { id: 1 }]);
  });

  test("an id that comes later is never answered by a query sent before it", async () => {
    const table = slowTable();
    const before = table.read(1);
    await aMoment();
    const after = table.read(1);
    await aMoment();
    expect(table.asked()).toEqual([[1], [1]]);
    table.answer(0);
    expect(await before).toEqual({ id: 1 });
    expect(await Promise.race([after, aMoment().then(() => "not yet")])).toBe("not yet");
    table.answer(1);
    expect(await after).toEqual({ id: 1 });
  });

  test("while two are under way, those who come wait, and are one query when the first has ended", async () => {
    const table = slowTable(60_000);
    const rows: Promise<Row | null>[] = [];
    for (const id of [1, 2, 3, 4]) {
      rows.push(table.read(id));
      await aMoment();
    }
    expect(table.asked()).toEqual([[1], [2]]);
    table.answer(0);
    await rows[0];
    await aMoment();
    expect(table.asked()).toEqual([[1], [2], [3, 4]]);
    table.answer(1);
    table.answer(2);
    expect(await Promise.all(rows)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
  });

  test("queries that hang hold nobody up who comes after them", async () => {
    const table = slowTable();
    for (const id of [1, 2]) {
      void table.read(id);
      await aMoment();
    }
    const third = table.read(3);
    await Bun.sleep(50);
    expect(table.asked()).toEqual([[1], [2], [3]]);
    table.answer(2);
    expect(await third).toEqual({ id: 3 });
  });

  test("more ids than fit into one query are several", async () => {
    const table = slowTable();
    const rows = Array.from({ length: 300 }, (_, place) => table.read(place + 1));
    await aMoment();
    expect(table.asked().map((ids) => ids.length)).toEqual([256, 44]);
    table.answer(0);
    table.answer(1);
    expect((await Promise.all(rows)).map((row) => row?.id)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
  });

  test("a failure is everybody's who waited for it, and nobody else's", async () => {
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
