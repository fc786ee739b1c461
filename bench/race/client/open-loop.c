/*
 * An open-loop client: requests are due at fixed times whatever the server does, and the latency of each counts from
 * the time when it was due. A closed loop (wrk) asks less while a server stands still, and so hides what users would
 * have waited. One thread, epoll, no allocation while it measures.
 *
 * open-loop PORT REQUEST_FILE CONNECTIONS PER_SECOND SECONDS WARM_UP_SECONDS
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* Requests fall due in ticks of 0.2 ms: a wake-up for every single one was measured to double this client's CPU time. */
enum { BUFFER_BYTES = 1 << 20, TIMER = -1, TICK_NS = 200000 };

struct connection {
  int socket;
  uint64_t due_ns;
  size_t filled;
  char *buffer;
};

struct text { const char *start; size_t length; };

static struct text *requests;
static size_t request_count;
static struct connection *connections;
/* A ring: every connection has its turn, so that no server closes one that it finds idle. */
static int *idle;
static int idle_first, idle_count, width;
static int epoll_fd;
static uint64_t failures;
static uint32_t *latencies_us;
static size_t answered;
static uint64_t measured_from_ns;

static uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void read_requests(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail(path);
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *all = malloc((size_t)size + 1);
  if (fread(all, 1, (size_t)size, file) != (size_t)size) fail(path);
  fclose(file);
  all[size] = '\0';
  for (long at = 0; at <= size; at++) request_count += all[at] == '\0';
  requests = calloc(request_count, sizeof *requests);
  const char *start = all;
  for (size_t index = 0; index < request_count; index++) {
    requests[index] = (struct text){start, strlen(start)};
    start += requests[index].length + 1;
  }
}

static void connect_to(int port, struct connection *one) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  one->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (one->socket < 0 || connect(one->socket, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
  int on = 1;
  setsockopt(one->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(one->socket, F_SETFL, O_NONBLOCK);
  one->buffer = malloc(BUFFER_BYTES);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = (int)(one - connections)};
  if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, one->socket, &event) != 0) fail("epoll_ctl");
}

/* How long the whole answer is, or 0 when more must be read to know. */
static size_t answer_length(struct connection *one) {
  one->buffer[one->filled] = '\0';
  char *end = memmem(one->buffer, one->filled, "\r\n\r\n", 4);
  if (end == NULL) return 0;
  size_t head = (size_t)(end - one->buffer) + 4;
  for (char *line = strstr(one->buffer, "\r\n"); line != NULL && line < end; line = strstr(line + 2, "\r\n"))
    if (strncasecmp(line + 2, "content-length:", 15) == 0) return head + strtoul(line + 17, NULL, 10);
  /* Chunked: one answer at a time is on its way, so the last chunk ends what was read. */
  if (one->filled >= head + 5 && memcmp(one->buffer + one->filled - 5, "0\r\n\r\n", 5) == 0) return one->filled;
  return 0;
}

static void send_request(struct connection *one, struct text request, uint64_t due_ns) {
  one->due_ns = due_ns;
  one->filled = 0;
  if (send(one->socket, request.start, request.length, MSG_NOSIGNAL) != (ssize_t)request.length) fail("send");
}

static void receive(struct connection *one) {
  ssize_t got = recv(one->socket, one->buffer + one->filled, BUFFER_BYTES - 1 - one->filled, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) {
    fprintf(stderr, "a connection was closed\n");
    exit(1);
  }
  one->filled += (size_t)got;
  size_t length = answer_length(one);
  if (length == 0 || one->filled < length) return;
  if (one->due_ns >= measured_from_ns) {
    latencies_us[answered++] = (uint32_t)((now_ns() - one->due_ns) / 1000);
    if (one->buffer[9] >= '4') failures++;
  }
  idle[(idle_first + idle_count++) % width] = (int)(one - connections);
}

/* The end of the tick that the request's turn falls into. */
static uint64_t due_ns(uint64_t begin_ns, uint64_t number, double gap_ns) {
  return begin_ns + ((uint64_t)((double)number * gap_ns) / TICK_NS + 1) * TICK_NS;
}

static int by_size(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static double quantile_ms(double share) {
  return answered == 0 ? 0 : latencies_us[(size_t)(share * (double)(answered - 1))] / 1000.0;
}

int main(int count, char **words) {
  if (count != 7) return fprintf(stderr, "open-loop PORT FILE CONNECTIONS PER_SECOND SECONDS WARM_UP_SECONDS\n"), 2;
  width = atoi(words[3]);
  double per_second = atof(words[4]), seconds = atof(words[5]), warm_up = atof(words[6]);
  read_requests(words[2]);
  epoll_fd = epoll_create1(0);
  connections = calloc((size_t)width, sizeof *connections);
  idle = calloc((size_t)width, sizeof *idle);
  for (int index = 0; index < width; index++) {
    connect_to(atoi(words[1]), &connections[index]);
    idle[idle_count++] = index;
  }
  uint64_t total = (uint64_t)(per_second * (seconds + warm_up)), next = 0, late = 0;
  latencies_us = calloc(total + 1, sizeof *latencies_us);
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = TIMER};
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, timer, &event);
  uint64_t begin = now_ns() + 1000000;
  double gap_ns = 1e9 / per_second;
  measured_from_ns = begin + (uint64_t)(warm_up * 1e9);
  uint64_t give_up_ns = begin + (uint64_t)((seconds + warm_up + 20) * 1e9);
  while (next < total || idle_count < width) {
    uint64_t now = now_ns();
    if (now > give_up_ns) break;
    while (next < total && idle_count > 0) {
      uint64_t due = due_ns(begin, next, gap_ns);
      if (due > now) break;
      late += now - due > 1000000 && due >= measured_from_ns;
      int first = idle[idle_first];
      idle_first = (idle_first + 1) % width;
      idle_count--;
      send_request(&connections[first], requests[next++ % request_count], due);
    }
    if (next < total && idle_count > 0) {
      uint64_t due = due_ns(begin, next, gap_ns);
      struct itimerspec when = {.it_value = {(time_t)(due / 1000000000ull), (long)(due % 1000000000ull)}};
      timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
    }
    struct epoll_event events[256];
    int ready = epoll_wait(epoll_fd, events, 256, 1000);
    for (int index = 0; index < ready; index++) {
      if (events[index].data.fd != TIMER) {
        receive(&connections[events[index].data.fd]);
        continue;
      }
      uint64_t expirations;
      if (read(timer, &expirations, sizeof expirations) < 0 && errno != EAGAIN) fail("timer");
    }
  }
  qsort(latencies_us, answered, sizeof *latencies_us, by_size);
  printf("{\"due\":%llu,\"answered\":%zu,\"failures\":%llu,\"sentLate\":%llu,\"p50Ms\":%.3f,\"p99Ms\":%.3f,"
         "\"p999Ms\":%.3f,\"maxMs\":%.3f}\n",
         (unsigned long long)(per_second * seconds), answered, (unsigned long long)failures, (unsigned long long)late,
         quantile_ms(0.5), quantile_ms(0.99), quantile_ms(0.999), quantile_ms(1));
  return 0;
}
