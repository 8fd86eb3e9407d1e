/*
 * Loaded before redis-server (LD_PRELOAD): writes down how many bytes of a file fdatasync has confirmed, one line for each
 * call, "<bytes> <path>", to the file that CONFIRMED_FILE names. CONFIRMED_DELAY_MS makes each call that much slower, as a
 * busy disk does.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  struct stat before;
  int known = fstat(fd, &before) == 0;
  const char *delay = getenv("CONFIRMED_DELAY_MS");
  if (delay) usleep((useconds_t)atoi(delay) * 1000);
  int result = real(fd);
  const char *file = getenv("CONFIRMED_FILE");
  if (result == 0 && known && file) {
    char link[64], path[PATH_MAX], line[PATH_MAX + 32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length > 0) {
      path[length] = 0;
      int size = snprintf(line, sizeof line, "%lld %s\n", (long long)before.st_size, path);
      int out = open(file, O_WRONLY | O_CREAT | O_APPEND, 0600);
      if (out >= 0) {
        if (write(out, line, (size_t)size) != size) abort();
        close(out);
      }
    }
  }
  return result;
}
