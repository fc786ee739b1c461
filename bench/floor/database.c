/*
 * The database's own ceiling: the statement of an order by id, prepared once per connection and executed one after the
 * other by as many threads as a contestant has connections. No HTTP, no JSON: rows are taken in, but not decoded.
 *
 * database HOST PORT USER DATABASE CONNECTIONS WARM_UP_SECONDS SECONDS LAST_ID, the password in MYSQL_PWD
 */
#include <mysql.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The columns of `ordersByIds` in api/src/orders/queries.ts. */
static const char statement[] =
    "SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city, "
    "ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date, "
    "notes, tax_rate, tax_status_id, status_id, version FROM orders WHERE id = ?";

/* One per thread, each in a cache line of its own. */
struct worker {
  _Alignas(64) atomic_ullong executed;
  uint64_t random;
  pthread_t thread;
};

static const char *host, *user, *database;
static unsigned port;
static uint64_t last_id;
static atomic_bool ended;
static pthread_barrier_t prepared;

static void fail(const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

static double now_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* xorshift64: never 0 when it does not begin with 0. */
static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static void read_order(MYSQL_STMT *order) {
  if (mysql_stmt_execute(order) || mysql_stmt_store_result(order)) fail("execute", mysql_stmt_error(order));
  if (mysql_stmt_num_rows(order) != 1) fail("execute", "an id without an order");
  mysql_stmt_free_result(order);
}

static void *run(void *given) {
  struct worker *worker = given;
  mysql_thread_init();
  MYSQL *connection = mysql_init(NULL);
  if (connection == NULL) fail("connect", "no memory");
  if (mysql_real_connect(connection, host, user, getenv("MYSQL_PWD"), database, port, NULL, 0) == NULL)
    fail("connect", mysql_error(connection));
  MYSQL_STMT *order = mysql_stmt_init(connection);
  if (order == NULL) fail("prepare", "no memory");
  if (mysql_stmt_prepare(order, statement, sizeof statement - 1)) fail("prepare", mysql_stmt_error(order));
  int32_t id = 1;
  MYSQL_BIND bind;
  memset(&bind, 0, sizeof bind);
  bind.buffer_type = MYSQL_TYPE_LONG;
  bind.buffer = &id;
  if (mysql_stmt_bind_param(order, &bind)) fail("bind", mysql_stmt_error(order));
  pthread_barrier_wait(&prepared);
  while (!atomic_load_explicit(&ended, memory_order_relaxed)) {
    id = (int32_t)(1 + next_random(&worker->random) % last_id);
    read_order(order);
    atomic_fetch_add_explicit(&worker->executed, 1, memory_order_relaxed);
  }
  mysql_stmt_close(order);
  mysql_close(connection);
  mysql_thread_end();
  return NULL;
}

static uint64_t executed_by(struct worker *workers, unsigned count) {
  uint64_t sum = 0;
  for (unsigned index = 0; index < count; index++) sum += atomic_load(&workers[index].executed);
  return sum;
}

int main(int count, char **words) {
  if (count != 9) fail("usage", "HOST PORT USER DATABASE CONNECTIONS WARM_UP_SECONDS SECONDS LAST_ID");
  host = words[1];
  port = (unsigned)atoi(words[2]);
  user = words[3];
  database = words[4];
  unsigned connections = (unsigned)atoi(words[5]);
  unsigned warm_up_seconds = (unsigned)atoi(words[6]), seconds = (unsigned)atoi(words[7]);
  last_id = strtoull(words[8], NULL, 10);
  if (connections == 0 || seconds == 0 || last_id == 0) fail("usage", "a count that is not a number above 0");
  if (mysql_library_init(0, NULL, NULL)) fail("libmariadb", "cannot be started");
  struct worker *workers = aligned_alloc(64, connections * sizeof *workers);
  if (workers == NULL) fail("start", "no memory");
  pthread_barrier_init(&prepared, NULL, connections + 1);
  for (unsigned index = 0; index < connections; index++) {
    atomic_init(&workers[index].executed, 0);
    workers[index].random = 0x9e3779b97f4a7c15ull * (index + 1);
    if (pthread_create(&workers[index].thread, NULL, run, &workers[index])) fail("start", "no thread");
  }
  pthread_barrier_wait(&prepared);
  sleep(warm_up_seconds);
  double begin = now_seconds();
  uint64_t before = executed_by(workers, connections);
  sleep(seconds);
  uint64_t counted = executed_by(workers, connections) - before;
  double took = now_seconds() - begin;
  atomic_store(&ended, true);
  for (unsigned index = 0; index < connections; index++) pthread_join(workers[index].thread, NULL);
  /* With the warm-up: what the CPU time of the whole run is divided by. */
  uint64_t all = executed_by(workers, connections);
  printf("{\"statementsPerSecond\":%.1f,\"statements\":%llu}\n", (double)counted / took, (unsigned long long)all);
  return 0;
}
