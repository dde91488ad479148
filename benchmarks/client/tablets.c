/* Many tablets in one process: websocket clients that count what reaches them and when.

   tablets PORT, then commands on standard input, one a line, each answered by one JSON line:

     expect K LEAST   from now on, tell when every tablet has got K more messages of at least LEAST bytes
     open FILE        connect one tablet for each block of FILE: the request's path, headers, lines of "> TEXT" to
                      send after the handshake, and an empty line
     stall N          the first N tablets never read again
     drop             cut every connection, as when the power goes

   Times are CLOCK_MONOTONIC in nanoseconds. A socket.io ping and a websocket ping are answered.

   While messages are expected it looks every 100 microseconds for what came, as a network card gathers its interrupts:
   woken for each message, it would make every server pay for that in its own system call. */
#include "net.h"
#include <sys/prctl.h>

enum { CONNECTING, SHAKING, OPEN, DEAD };

typedef struct {
    int fd, phase, got, stalled;
    char *request, *said; /* said: after the handshake, already masked */
    size_t request_length, said_length;
    unsigned char head[14];
    int head_length;
    uint64_t left;    /* of the payload under way */
    uint64_t size;
    int opcode, fin;
    unsigned char start[128]; /* the first bytes of a payload: enough for a ping */
    int start_length;
    char answer[512]; /* the end of the handshake's answer so far */
    int answer_length;
} Tablet;

static Tablet *tablets;
static int count, opened, failed, poll_fd, port;
static int wanted, least, done, expecting;
static int64_t opening, first_ns, last_ns, messages, bytes;
static double cpu_before;
static char buffer[1 << 20];

static size_t frame(char *to, int opcode, const char *text, size_t length) {
    size_t at = 0;
    to[at++] = 0x80 | opcode;
    if (length < 126) {
        to[at++] = 0x80 | length;
    } else {
        to[at++] = 0x80 | 126;
        to[at++] = length >> 8;
        to[at++] = length & 255;
    }
    memset(to + at, 0, 4); /* a mask of zeros leaves the text as it is */
    memcpy(to + at + 4, text, length);
    return at + 4 + length;
}

static void all_there(void) {
    if (!expecting || opened + failed < count || count == 0) return;
    if (done < count - failed) return;
    int stalled = 0;
    for (int i = 0; i < count; i++) stalled += tablets[i].stalled;
    expecting = 0;
    printf("{\"event\": \"all\", \"tablets\": %d, \"stalled\": %d, \"first\": %lld, \"last\": %lld, \"messages\": %lld, "
           "\"bytes\": %lld, \"cpu\": %.6f}\n",
           count, stalled, (long long)first_ns, (long long)last_ns, (long long)messages, (long long)bytes,
           cpu_seconds() - cpu_before);
    fflush(stdout);
}

static void settled(void) {
    if (opened + failed < count || !opening) return;
    printf("{\"event\": \"open\", \"tablets\": %d, \"failed\": %d, \"begun\": %lld, \"at\": %lld}\n", opened, failed,
           (long long)opening, (long long)now_ns());
    fflush(stdout);
    opening = 0;
    all_there();
}

static void lose(Tablet *one) {
    if (one->phase == DEAD) return;
    if (one->phase == OPEN) {
        fprintf(stderr, "a tablet lost its socket\n");
        opened--;
    }
    if (wanted && one->got >= wanted) done--;
    one->phase = DEAD;
    failed++;
    close(one->fd);
    settled();
}

static void say(Tablet *one, const char *what, size_t length) {
    if (send(one->fd, what, length, MSG_NOSIGNAL) != (ssize_t)length) lose(one);
}

static void message(Tablet *one, int64_t at) {
    char pong[160];
    messages++;
    if (one->opcode == 9) {
        say(one, pong, frame(pong, 10, (char *)one->start, one->start_length));
    } else if (one->opcode == 1 && one->size == 1 && one->start[0] == '2') {
        say(one, pong, frame(pong, 1, "3", 1));
    } else if (one->opcode == 8) {
        lose(one);
    } else if (expecting && one->size >= (uint64_t)least) {
        if (!first_ns) first_ns = at;
        if (++one->got == wanted) {
            done++;
            last_ns = at;
        }
    }
}

static void take(Tablet *one, unsigned char *data, size_t length, int64_t at) {
    while (length && one->phase == OPEN) {
        if (one->left == 0) {
            int need = 2;
            if (one->head_length >= 2) need = (one->head[1] & 127) == 126 ? 4 : (one->head[1] & 127) == 127 ? 10 : 2;
            if (one->head_length < need || need == 2) {
                one->head[one->head_length++] = *data++;
                length--;
                if (one->head_length < 2) continue;
                need = (one->head[1] & 127) == 126 ? 4 : (one->head[1] & 127) == 127 ? 10 : 2;
                if (one->head_length < need) continue;
            }
            one->size = one->head[1] & 127;
            if (need > 2)
                for (one->size = 0, need = need; need > 2; need--)
                    one->size = one->size << 8 | one->head[one->head_length - need + 2];
            one->opcode = one->head[0] & 15;
            one->left = one->size;
            one->head_length = one->start_length = 0;
            if (one->left == 0) {
                message(one, at);
                continue;
            }
        }
        size_t part = length < one->left ? length : one->left, keep = sizeof one->start - one->start_length;
        if (keep > part) keep = part;
        memcpy(one->start + one->start_length, data, keep);
        one->start_length += keep;
        data += part;
        length -= part;
        if ((one->left -= part) == 0) message(one, at);
    }
}

static void shake(Tablet *one, char *data, size_t length, int64_t at) {
    for (size_t i = 0; i < length; i++) {
        if (one->answer_length < (int)sizeof one->answer - 1) one->answer[one->answer_length] = data[i];
        one->answer_length++;
        if (data[i] != '\n' || i < 3 || memcmp(data + i - 3, "\r\n\r\n", 4)) continue;
        if (strncmp(one->answer, "HTTP/1.1 101", 12)) {
            fprintf(stderr, "a handshake was answered %.60s\n", one->answer);
            break;
        }
        one->phase = OPEN;
        opened++;
        if (one->said_length) say(one, one->said, one->said_length);
        take(one, (unsigned char *)data + i + 1, length - i - 1, at);
        settled();
        return;
    }
    lose(one);
}

static void readable(Tablet *one) {
    for (;;) {
        ssize_t got = recv(one->fd, buffer, sizeof buffer, 0);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (got <= 0) {
            lose(one);
            return;
        }
        int64_t at = now_ns();
        bytes += got;
        if (one->phase == SHAKING) shake(one, buffer, got, at);
        else take(one, (unsigned char *)buffer, got, at);
        if (one->phase != OPEN || got < (ssize_t)sizeof buffer) return;
    }
}

static void open_all(const char *path) {
    size_t length;
    char *text = read_whole(path, &length), *line, *next;
    char *request = malloc(1 << 16), *said = malloc(1 << 16);
    size_t request_length = 0, said_length = 0;
    if (!text) exit(4);
    opening = now_ns();
    for (line = text; line < text + length; line = next + 1) {
        if (!(next = strchr(line, '\n'))) break;
        *next = 0;
        if (*line == 0) {
            count++;
            tablets = realloc(tablets, count * sizeof *tablets);
            Tablet *one = &tablets[count - 1];
            memset(one, 0, sizeof *one);
            request_length += sprintf(request + request_length,
                                      "Host: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                                      port);
            one->request = memcpy(malloc(request_length), request, request_length);
            one->said = memcpy(malloc(said_length + 1), said, said_length);
            one->request_length = request_length;
            one->said_length = said_length;
            request_length = said_length = 0;
        } else if (*line == '>') {
            said_length += frame(said + said_length, 1, line + 2, strlen(line + 2));
        } else if (request_length == 0) {
            request_length = sprintf(request, "GET %s HTTP/1.1\r\n", line);
        } else {
            request_length += sprintf(request + request_length, "%s\r\n", line);
        }
    }
    for (int i = 0; i < count; i++) {
        Tablet *one = &tablets[i];
        if (one->phase != CONNECTING || one->fd) continue;
        struct epoll_event event = {.events = EPOLLOUT, .data.u32 = i};
        one->fd = begin_connect(port);
        if (one->fd < 0) {
            one->phase = DEAD;
            failed++;
        } else epoll_ctl(poll_fd, EPOLL_CTL_ADD, one->fd, &event);
    }
    settled();
    free(text), free(request), free(said);
}

static void command(char *line) {
    char file[1000];
    int number;
    if (sscanf(line, "expect %d %d", &wanted, &least) == 2) {
        expecting = 1;
        first_ns = last_ns = messages = bytes = 0;
        done = 0;
        cpu_before = cpu_seconds();
        for (int i = 0; i < count; i++) {
            tablets[i].got = tablets[i].stalled ? wanted : 0;
            done += tablets[i].stalled && tablets[i].phase == OPEN;
        }
        printf("{\"event\": \"ready\"}\n");
        fflush(stdout);
    } else if (sscanf(line, "open %999s", file) == 1) {
        open_all(file);
    } else if (sscanf(line, "stall %d", &number) == 1) {
        for (int i = 0; i < number; i++) {
            tablets[i].stalled = 1;
            epoll_ctl(poll_fd, EPOLL_CTL_DEL, tablets[i].fd, NULL);
        }
        printf("{\"event\": \"stalled\"}\n");
        fflush(stdout);
    } else if (!strncmp(line, "drop", 4)) {
        for (int i = 0; i < count; i++)
            if (tablets[i].phase != DEAD) close(tablets[i].fd);
        for (int i = 0; i < count; i++) free(tablets[i].request), free(tablets[i].said);
        count = opened = failed = done = 0;
        printf("{\"event\": \"dropped\"}\n");
        fflush(stdout);
    }
}

int main(int given, char **words) {
    struct epoll_event events[512], input = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
    char line[2000];
    size_t line_length = 0;
    if (given != 2) return 2;
    port = atoi(words[1]);
    poll_fd = epoll_create1(EPOLL_CLOEXEC);
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, 0, &input);
    prctl(PR_SET_TIMERSLACK, 1L);
    for (;;) {
        int ready = epoll_wait(poll_fd, events, 512, first_ns && expecting ? 0 : -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.u32 == UINT32_MAX) {
                ssize_t got = read(0, line + line_length, sizeof line - line_length - 1);
                if (got <= 0) return 0;
                line_length += got;
                line[line_length] = 0;
                for (char *end; (end = strchr(line, '\n'));) {
                    *end = 0;
                    command(line);
                    line_length -= end + 1 - line;
                    memmove(line, end + 1, line_length + 1);
                }
                continue;
            }
            if ((int)events[i].data.u32 >= count) continue;
            Tablet *one = &tablets[events[i].data.u32];
            if (one->phase == DEAD) continue;
            if (one->phase == CONNECTING) {
                struct epoll_event reads = {.events = EPOLLIN, .data.u32 = events[i].data.u32};
                int fault = 0;
                socklen_t size = sizeof fault;
                getsockopt(one->fd, SOL_SOCKET, SO_ERROR, &fault, &size);
                if (fault) {
                    lose(one);
                    continue;
                }
                one->phase = SHAKING;
                say(one, one->request, one->request_length);
                epoll_ctl(poll_fd, EPOLL_CTL_MOD, one->fd, &reads);
            } else readable(one);
        }
        all_there();
        if (expecting && count) nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
    }
}
