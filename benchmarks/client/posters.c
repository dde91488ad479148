/* Many posters in one process: each sends a request, waits for its answer, and sends the next, for some seconds.

   posters PORT SECONDS FILE...   one poster for each FILE, which holds whole requests, each ended by a zero byte.

   Prints one JSON line: answers with status 2xx, others, the seconds they took, latencies and the client's own CPU. */
#include "net.h"

typedef struct {
    int fd, length, head, body; /* head and body: lengths of the answer under way, once known */
    char *requests, *next, *end, answer[16384];
    int64_t sent;
} Poster;

static int64_t *took;
static int taken, room, others;

static int ask(Poster *one) {
    size_t length = 0;
    if (one->next >= one->end) return 0;
    length = strlen(one->next);
    one->sent = now_ns();
    if (send(one->fd, one->next, length, MSG_NOSIGNAL) != (ssize_t)length) exit(5);
    one->next += length + 1;
    one->length = one->head = 0;
    return 1;
}

/* Whether the answer under way is whole. */
static int hear(Poster *one) {
    char *end, *says;
    ssize_t got = recv(one->fd, one->answer + one->length, sizeof one->answer - one->length - 1, 0);
    if (got < 0 && errno == EAGAIN) return 0;
    if (got <= 0) {
        fprintf(stderr, "a poster lost its connection\n");
        exit(6);
    }
    one->length += got;
    one->answer[one->length] = 0;
    if (!one->head) {
        if (!(end = strstr(one->answer, "\r\n\r\n"))) return 0;
        one->head = end + 4 - one->answer;
        says = strcasestr(one->answer, "content-length:");
        one->body = says ? atoi(says + 15) : 0;
    }
    return one->length >= one->head + one->body;
}

static int by_size(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

int main(int given, char **words) {
    int port = atoi(words[1]), posters = given - 3, poll_fd = epoll_create1(0), waiting = 0;
    double seconds = atof(words[2]), cpu;
    struct epoll_event events[512];
    Poster *all = calloc(posters, sizeof *all);
    for (int i = 0; i < posters; i++) {
        size_t length = 0;
        all[i].fd = begin_connect(port);
        all[i].requests = all[i].next = read_whole(words[i + 3], &length);
        all[i].end = all[i].requests + length;
    }
    usleep(300000);
    cpu = cpu_seconds();
    int64_t begun = now_ns(), until = begun + (int64_t)(seconds * 1e9), last = begun;
    for (int i = 0; i < posters; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        epoll_ctl(poll_fd, EPOLL_CTL_ADD, all[i].fd, &event);
        waiting += ask(&all[i]);
    }
    while (waiting) {
        int ready = epoll_wait(poll_fd, events, 512, 20000);
        if (ready == 0) {
            fprintf(stderr, "%d posters got no answer for 20 seconds\n", waiting);
            return 7;
        }
        for (int i = 0; i < ready; i++) {
            Poster *one = &all[events[i].data.u32];
            if (!hear(one)) continue;
            last = now_ns();
            if (one->answer[9] == '2') {
                if (taken == room) took = realloc(took, (room = room * 2 + 4096) * sizeof *took);
                took[taken++] = last - one->sent;
            } else if (others++ == 0) fprintf(stderr, "%.300s\n", one->answer);
            waiting--;
            if (last < until) waiting += ask(one);
        }
    }
    cpu = cpu_seconds() - cpu;
    qsort(took, taken, sizeof *took, by_size);
    printf("{\"answers\": %d, \"others\": %d, \"seconds\": %.6f, \"median_ms\": %.3f, \"p95_ms\": %.3f, \"cpu\": %.6f}\n",
           taken, others, (last - begun) / 1e9, taken ? took[taken / 2] / 1e6 : 0, taken ? took[taken * 95 / 100] / 1e6 : 0,
           cpu);
    return 0;
}
