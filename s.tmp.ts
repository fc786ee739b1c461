import { loadSample } from "./schema/sample/load.ts"; import { openSqlite } from "sqlproof"; import { migrateSqlite } from "sqlproof/migrations"; import { Database } from "bun:sqlite"; import {rmSync} from "node:fs";
for (const x of ["","-wal","-shm"]) rmSync("/tmp/s.db"+x,{force:true});
await migrateSqlite({database:"/tmp/s.db",folder:"schema/sqlite"});
const db=openSqlite({path:"/tmp/s.db"}); let t=performance.now();
console.log(await loadSample(db,"2026-11-23"), performance.now()-t, await loadSample(db,"2026-11-23")); await db.close();
const d=new Database("/tmp/s.db"); const q=(x:string)=>console.log(JSON.stringify(d.query(x).values()));
q("select status_id,count(*) from orders group by 1"); q("select status_id,count(*) from order_details group by 1"); q("select transaction_type,count(*),sum(quantity) from inventory_transactions group by 1"); q("select status_id,count(*) from purchase_orders group by 1"); q("select count(*),sum(amount_due)/10000.0 from invoices"); q("select substr(order_date,1,7),count(*) from orders group by 1"); q("select * from orders order by id desc limit 3"); q("select * from purchase_orders order by id desc limit 2");
q("select product_id, sum(case transaction_type when 1 then quantity else -quantity end) s from inventory_transactions group by 1 order by s limit 3"); q("select customer_id,count(*) from orders group by 1 order by 2 desc limit 40");
q("select count(*) from orders where not exists(select 1 from order_details where order_id=orders.id)");
