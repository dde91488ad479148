/* The limit for this machine: bytes that are framed already, written to each socket with one system call. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int given, char **words) {
    static int sockets[20000];
    static char message[70000], heard[4096], line[100];
    int count = 0, one = 1, size, server = socket(AF_INET, SOCK_STREAM, 0);
    const char *welcome = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(given > 1 ? atoi(words[1]) : 0)};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(server, (struct sockaddr *)&here, sizeof here) || listen(server, 4096)) return 1;
    setvbuf(stdin, NULL, _IONBF, 0);
    puts("ready");
    fflush(stdout);
    struct pollfd looks[2] = {{.fd = server, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
    while (poll(looks, 2, -1) >= 0) {
        if (looks[0].revents) {
            int tablet = accept(server, NULL, NULL);
            setsockopt(tablet, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            if (recv(tablet, heard, sizeof heard, 0) > 0) send(tablet, welcome, strlen(welcome), MSG_NOSIGNAL);
            sockets[count++] = tablet;
        }
        if (looks[1].revents) {
            if (!fgets(line, sizeof line, stdin) || sscanf(line, "go %d", &size) != 1) return 0;
            message[0] = (char)0x81, message[1] = 126, message[2] = size >> 8, message[3] = size & 255;
            memset(message + 4, 'x', size);
            for (int i = 0; i < count; i++) send(sockets[i], message, size + 4, MSG_NOSIGNAL);
        }
    }
    return 0;
}
