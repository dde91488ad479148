/* Tapes what a process does to the files of one folder, in order: LD_PRELOAD this with TTX_TAPED=folder TTX_TAPE=file.

   A record is its kind, the length of the name, the size and the place (little-endian, packed), then the name and the
   bytes. W: bytes written at a place; T: cut to a size; S: the file is synced; D: the folder is; U: the file is gone.
   tests/crash/power.py reads it. The shared memory of a WAL (-shm) is none that a power cut leaves. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int tape = -1;

#define REAL(kind, name, ...) \
    static kind (*real)(__VA_ARGS__); \
    if (!real) real = dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
    folder = getenv("TTX_TAPED");
    const char *file = getenv("TTX_TAPE");
    if (folder && file) tape = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* The name within the folder: "" for the folder itself, NULL for what is not ours. */
static const char *within(const char *path) {
    size_t length = folder ? strlen(folder) : 0;
    if (tape < 0 || strncmp(path, folder, length)) return NULL;
    if (!path[length]) return "";
    const char *name = path + length + 1, *end = name + strlen(name);
    if (path[length] != '/' || strchr(name, '/') || strchr(name, ' ')) return NULL;
    return end - name > 4 && !strcmp(end - 4, "-shm") ? NULL : name;
}

static const char *named(int fd, char *path) {
    char link[40];
    if (tape < 0) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    return within(path);
}

static void record(char kind, const char *name, uint64_t place, const void *bytes, uint32_t size) {
    struct __attribute__((packed)) { char kind; uint8_t named; uint32_t size; uint64_t place; } head =
        {kind, strlen(name), bytes ? size : 0, place};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)name, head.named}, {(void *)bytes, head.size}};
    if (writev(tape, parts, 3) != (ssize_t)(sizeof head + head.named + head.size)) abort();
}

#define TAPED(call, good, kind, place, bytes, size) \
    char path[PATH_MAX]; \
    const char *name = named(fd, path); \
    if (!name) return call; \
    pthread_mutex_lock(&turn); \
    __typeof__(call) done = call; \
    if (good) record(*name ? kind : 'D', name, place, bytes, size); \
    pthread_mutex_unlock(&turn); \
    return done

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    TAPED(real(fd, bytes, size, at), done > 0, 'W', at, bytes, done);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) { return pwrite64(fd, bytes, size, at); }

ssize_t write(int fd, const void *bytes, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    TAPED(real(fd, bytes, size), done > 0, 'W', lseek(fd, 0, SEEK_CUR) - done, bytes, done);
}

int ftruncate64(int fd, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    TAPED(real(fd, size), !done, 'T', size, NULL, 0);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int fsync(int fd) {
    REAL(int, "fsync", int);
    TAPED(real(fd), !done, 'S', 0, NULL, 0);
}

int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    TAPED(real(fd), !done, 'S', 0, NULL, 0);
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    const char *name = within(path);
    if (!name || !*name) return real(path);
    pthread_mutex_lock(&turn);
    int done = real(path);
    if (!done) record('U', name, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
