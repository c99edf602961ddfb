/*
 * Loaded before the C library, it makes writes, syncs and renames below a folder fail. A rename to ".../fault-N-KIND-MS" is
 * an order and does nothing: the N-th operation from then on fails ("once"), all do for MS milliseconds ("on"), or it is
 * done and reported as failed ("applied"). "fault-0-once-0" ends it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static atomic_long count, wanted, until_ms;
static char kind = 'o';

static long now_ms(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int is_ours(const char *path) {
	const char *folder = getenv("FAULTY_FOLDER");
	return folder != NULL && path != NULL && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_our_file(int file) {
	char link[64], path[4096];
	snprintf(link, sizeof link, "/proc/self/fd/%d", file);
	ssize_t length = readlink(link, path, sizeof path - 1);
	if (length < 0) return 0;
	path[length] = 0;
	return is_ours(path);
}

static long length_ms;

/* 0: it works; 1: it fails; 2: it is done and reported as failed. */
static int fate(void) {
	long n = atomic_fetch_add(&count, 1) + 1;
	if (wanted == 0 || n < wanted) return 0;
	if (kind == 'f') {
		long unset = 0;
		atomic_compare_exchange_strong(&until_ms, &unset, now_ms() + length_ms);
		return now_ms() < until_ms;
	}
	if (n > wanted) return 0;
	return kind == 'a' ? 2 : 1;
}

#define FAULTY(type, name, parameters, arguments, ours) \
	type name parameters { \
		static type(*real) parameters; \
		if (real == NULL) real = dlsym(RTLD_NEXT, #name); \
		int met = (ours) ? fate() : 0; \
		if (met == 1) { errno = EIO; return -1; } \
		type result = real arguments; \
		if (met == 2) { errno = EIO; return -1; } \
		return result; \
	}

FAULTY(ssize_t, write, (int file, const void *bytes, size_t size), (file, bytes, size), is_our_file(file))
FAULTY(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t at), (file, bytes, size, at), is_our_file(file))
FAULTY(ssize_t, pwrite64, (int file, const void *bytes, size_t size, off64_t at), (file, bytes, size, at), is_our_file(file))
FAULTY(int, fsync, (int file), (file), is_our_file(file))
FAULTY(int, fdatasync, (int file), (file), is_our_file(file))

int rename(const char *from, const char *to) {
	static int (*real)(const char *, const char *);
	if (real == NULL) real = dlsym(RTLD_NEXT, "rename");
	const char *order = strstr(to, "/fault-");
	if (order != NULL) {
		long number = 0, ms = 0;
		char word[16] = "";
		sscanf(order, "/fault-%ld-%15[a-z]-%ld", &number, word, &ms);
		kind = strcmp(word, "on") == 0 ? 'f' : word[0] == 'a' ? 'a' : 'o';
		length_ms = ms;
		until_ms = 0;
		count = 0;
		wanted = number;
		return 0;
	}
	int met = is_ours(from) || is_ours(to) ? fate() : 0;
	if (met == 1) { errno = EIO; return -1; }
	int result = real(from, to);
	if (met == 2) { errno = EIO; return -1; }
	return result;
}
