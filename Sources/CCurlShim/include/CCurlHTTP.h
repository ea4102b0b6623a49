#ifndef CCURL_HTTP_H
#define CCURL_HTTP_H

#include <stddef.h>
#include <stdint.h>

/* Requests by HTTP through libcurl. One handle is one thread's at a time. What an answer means is decided in Swift. */

typedef struct tenor_http tenor_http;

typedef struct {
  const char *url;
  const char *ca_file;  /* NULL: the system's */
  int allows_loopback;  /* whether the address may be this machine's own */
  int allows_private;   /* whether it may be one that the public network does not know */
  long connect_timeout; /* seconds */
  long timeout;         /* seconds for all of it */
} tenor_http_options;

typedef struct {
  int rc;             /* CURLcode */
  long status;        /* of the answer; 0 where there was none */
  int64_t retry_after; /* seconds; 0 where the answer named none */
  int all_handed;     /* whether the whole request was sent */
  int refused_address; /* whether the name stood for an address that is not allowed */
  char peer[64];
  char error[256];    /* libcurl's words */
} tenor_http_result;

tenor_http *tenor_http_open(void);

/* Posts `body` with `fields`, each `name: value`. Follows no redirection, uses no proxy, reads the answer and drops it. */
void tenor_http_post(
  tenor_http *http, const tenor_http_options *options, const char *const *fields, size_t field_count,
  const uint8_t *body, size_t count, tenor_http_result *result);

/* Connects, turns to TLS where the address says https, and sends nothing. */
void tenor_http_probe(tenor_http *http, const tenor_http_options *options, tenor_http_result *result);

void tenor_http_close(tenor_http *http);

/* What kind of address a text is: 0 none, 1 of the public network, 2 of this machine, 3 any other. */
int tenor_http_address_kind(const char *text);

#endif
