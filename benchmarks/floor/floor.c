// What the machine itself takes: one thread on the first core sends to many sockets, nothing else, and one on the second
// reads. Prints how long it takes until a batch is sent, each from the time when it was due. See floor.sh.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BYTES 480
#define EVENTS 4096

static int sockets;
static int *servers;
static int *clients;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void pin(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    if (sched_setaffinity(0, sizeof set, &set)) die("sched_setaffinity");
}

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void *read_all(void *unused) {
    static struct epoll_event ready[EVENTS];
    static char bytes[65536];
    pin(1);
    int epoll = epoll_create1(0);
    for (int i = 0; i < sockets; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = clients[i]};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, clients[i], &event)) die("epoll_ctl");
    }
    for (;;) {
        int count = epoll_wait(epoll, ready, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            if (read(ready[i].data.fd, bytes, sizeof bytes) <= 0) die("read");
        }
    }
    return unused;
}

static void connect_all(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) die("listen");
    getsockname(listener, (struct sockaddr *)&address, &length);
    for (int i = 0; i < sockets; i++) {
        int on = 1;
        clients[i] = socket(AF_INET, SOCK_STREAM, 0);
        if (clients[i] < 0 || connect(clients[i], (struct sockaddr *)&address, sizeof address)) die("connect");
        servers[i] = accept(listener, NULL, NULL);
        if (servers[i] < 0 || setsockopt(servers[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on)) die("accept");
    }
}

/** Sockets in no order, as those of a room are. */
static void shuffle(void) {
    for (int i = sockets - 1; i > 0; i--) {
        int other = rand() % (i + 1);
        int kept = servers[i];
        servers[i] = servers[other];
        servers[other] = kept;
    }
}

static void wait_until(double due) {
    for (double rest; (rest = due - seconds(CLOCK_MONOTONIC)) > 0;) {
        struct timespec pause = {(time_t)rest, (long)((rest - (time_t)rest) * 1e9)};
        nanosleep(&pause, NULL);
    }
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **words) {
    if (count != 5) {
        fprintf(stderr, "floor <sockets> <sends at a time> <milliseconds between> <seconds>\n");
        return 2;
    }
    sockets = atoi(words[1]);
    int batch = atoi(words[2]);
    double between = atof(words[3]) / 1e3;
    int batches = (int)(atof(words[4]) / between);
    servers = calloc(sockets, sizeof *servers);
    clients = calloc(sockets, sizeof *clients);
    double *late = calloc(batches, sizeof *late);
    connect_all();
    shuffle();
    pthread_t reader;
    if (pthread_create(&reader, NULL, read_all, NULL)) die("pthread_create");
    pin(0);
    static char message[BYTES];
    double begin = seconds(CLOCK_MONOTONIC) + 1, spent = seconds(CLOCK_THREAD_CPUTIME_ID);
    long next = 0;
    for (int i = 0; i < batches; i++) {
        double due = begin + i * between;
        wait_until(due);
        for (int j = 0; j < batch; j++) {
            if (send(servers[next++ % sockets], message, BYTES, MSG_NOSIGNAL) != BYTES) die("send");
        }
        late[i] = seconds(CLOCK_MONOTONIC) - due;
    }
    spent = seconds(CLOCK_THREAD_CPUTIME_ID) - spent;
    qsort(late, batches, sizeof *late, ascending);
    printf("%d sockets, %d sends every %.0f ms: %.1f µs of CPU a send; the last of a batch after %.1f ms (p50), %.1f (p90), "
           "%.1f (p99), %.1f (slowest)\n",
           sockets, batch, between * 1e3, spent / next * 1e6, late[batches / 2] * 1e3, late[batches * 9 / 10] * 1e3,
           late[batches * 99 / 100] * 1e3, late[batches - 1] * 1e3);
    return 0;
}
