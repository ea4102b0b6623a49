#include "CCurlHTTP.h"
#include "CCurlCommon.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

/* More of an answer than this is of no interest: what it means is in its status. */
#define MOST_ANSWER_BYTES 65536
#define MOST_SECONDS_AFTER_HEAD 1

enum { NO_ADDRESS = 0, PUBLIC_ADDRESS = 1, LOOPBACK_ADDRESS = 2, OTHER_ADDRESS = 3 };

struct tenor_http {
  CURL *handle;
  char error[CURL_ERROR_SIZE];
  const tenor_http_options *options;
  size_t read;
  int is_final;  /* whether the head being read is that of the answer itself, none of 1xx */
  long answered; /* when that head ended; 0 before */
  int refused_address;
};

/* IANA's registries of special-purpose addresses (RFC 6890), as of the networks that are not globally reachable. */
static int kind_of_v4(uint32_t a) {
  static const struct { uint32_t net; int bits; } special[] = {
    {0x00000000, 8}, {0x0A000000, 8}, {0x64400000, 10}, {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24},
    {0xC0000200, 24}, {0xC0586300, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24},
    {0xE0000000, 4}, {0xF0000000, 4},
  };
  if (a >> 24 == 127) return LOOPBACK_ADDRESS;
  for (size_t i = 0; i < sizeof special / sizeof *special; i++)
    if ((a ^ special[i].net) >> (32 - special[i].bits) == 0) return OTHER_ADDRESS;
  return PUBLIC_ADDRESS;
}

static uint32_t v4_at(const uint8_t *b) {
  return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int kind_of_v6(const uint8_t *b) {
  static const uint8_t zeros[15] = {0};
  static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  static const uint8_t translated[12] = {0, 0x64, 0xFF, 0x9B};
  if (memcmp(b, zeros, 15) == 0) return b[15] == 1 ? LOOPBACK_ADDRESS : OTHER_ADDRESS;
  if (memcmp(b, mapped, 12) == 0) return kind_of_v4(v4_at(b + 12));
  if (memcmp(b, translated, 12) == 0 || memcmp(b, zeros, 12) == 0)
    return kind_of_v4(v4_at(b + 12)) == PUBLIC_ADDRESS ? PUBLIC_ADDRESS : OTHER_ADDRESS;
  if (b[0] == 0x20 && b[1] == 0x02) return kind_of_v4(v4_at(b + 2)) == PUBLIC_ADDRESS ? PUBLIC_ADDRESS : OTHER_ADDRESS;
  if (b[0] == 0x20 && b[1] == 0x01 && ((b[2] == 0x0D && b[3] == 0xB8) || b[2] < 2)) return OTHER_ADDRESS;
  /* Of all the rest only 2000::/3 is given out. */
  return b[0] >> 5 == 1 ? PUBLIC_ADDRESS : OTHER_ADDRESS;
}

static int kind_of(const struct sockaddr *address) {
  if (address->sa_family == AF_INET) return kind_of_v4(ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr));
  if (address->sa_family == AF_INET6) return kind_of_v6(((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr);
  return NO_ADDRESS;
}

int tenor_http_address_kind(const char *text) {
  struct in_addr v4;
  struct in6_addr v6;
  if (inet_pton(AF_INET, text, &v4) == 1) return kind_of_v4(ntohl(v4.s_addr));
  if (inet_pton(AF_INET6, text, &v6) == 1) return kind_of_v6(v6.s6_addr);
  return NO_ADDRESS;
}

/* Asked for each address that the name stands for, so that no answer of a name server leads elsewhere. */
static curl_socket_t on_open(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  tenor_http *http = context;
  (void)purpose;
  int kind = kind_of(&address->addr);
  int allowed = kind == PUBLIC_ADDRESS || (kind == LOOPBACK_ADDRESS && http->options->allows_loopback)
                || (kind == OTHER_ADDRESS && http->options->allows_private);
  if (!allowed) {
    http->refused_address = 1;
    return CURL_SOCKET_BAD;
  }
#if defined(SOCK_CLOEXEC)
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
  return socket(address->family, address->socktype, address->protocol);
#endif
}

/* Seconds on a clock that nobody sets. */
static long uptime(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec;
}

/* The end of an answer's head says all that is asked: what comes after it has little time. */
static size_t on_head(char *bytes, size_t size, size_t items, void *context) {
  tenor_http *http = context;
  size_t count = size * items;
  if (count > 9 && memcmp(bytes, "HTTP/", 5) == 0) {
    const char *space = memchr(bytes, ' ', count);
    http->is_final = space != NULL && space + 1 < bytes + count && space[1] != '1';
  } else if (http->is_final && http->answered == 0 && (count == 2 || count == 1) && bytes[count - 1] == '\n') {
    http->answered = uptime();
  }
  return count;
}

static int on_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
  tenor_http *http = context;
  (void)a, (void)b, (void)c, (void)d;
  return http->answered != 0 && uptime() - http->answered > MOST_SECONDS_AFTER_HEAD;
}

static size_t on_answer(char *bytes, size_t size, size_t items, void *context) {
  tenor_http *http = context;
  (void)bytes;
  http->read += size * items;
  return http->read > MOST_ANSWER_BYTES ? 0 : size * items;
}

tenor_http *tenor_http_open(void) {
  tenor_begin();
  tenor_http *http = calloc(1, sizeof *http);
  if (http == NULL) return NULL;
  http->handle = curl_easy_init();
  if (http->handle == NULL) {
    free(http);
    return NULL;
  }
  return http;
}

void tenor_http_close(tenor_http *http) {
  if (http == NULL) return;
  curl_easy_cleanup(http->handle);
  free(http);
}

static CURLcode prepare(tenor_http *http, const tenor_http_options *options) {
  CURL *handle = http->handle;
  curl_easy_reset(handle); /* keeps the connections */
  http->options = options;
  http->read = 0;
  http->is_final = 0;
  http->answered = 0;
  http->refused_address = 0;
  http->error[0] = 0;
  CURLcode rc = curl_easy_setopt(handle, CURLOPT_URL, options->url);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_PROXY, "");
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (rc == CURLE_OK && options->ca_file != NULL) rc = curl_easy_setopt(handle, CURLOPT_CAINFO, options->ca_file);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, on_open);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, http);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_head);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_HEADERDATA, http);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_XFERINFODATA, http);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_answer);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_WRITEDATA, http);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, http->error);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, options->connect_timeout);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_TIMEOUT, options->timeout);
  return rc;
}

static void finish(tenor_http *http, CURLcode rc, size_t count, tenor_http_result *result) {
  memset(result, 0, sizeof *result);
  char *peer = NULL;
  curl_off_t sent = 0, wait = 0;
  curl_easy_getinfo(http->handle, CURLINFO_RESPONSE_CODE, &result->status);
  if (curl_easy_getinfo(http->handle, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK) result->retry_after = wait;
  if (curl_easy_getinfo(http->handle, CURLINFO_SIZE_UPLOAD_T, &sent) == CURLE_OK)
    result->all_handed = count > 0 && sent == (curl_off_t)count;
  if (curl_easy_getinfo(http->handle, CURLINFO_PRIMARY_IP, &peer) == CURLE_OK && peer != NULL)
    strncpy(result->peer, peer, sizeof result->peer - 1);
  result->rc = (int)rc;
  result->refused_address = http->refused_address && result->status == 0 && !result->all_handed;
  const char *words = http->error[0] != 0 ? http->error : curl_easy_strerror(rc);
  strncpy(result->error, words, sizeof result->error - 1);
  http->options = NULL;
}

void tenor_http_post(
  tenor_http *http, const tenor_http_options *options, const char *const *fields, size_t field_count,
  const uint8_t *body, size_t count, tenor_http_result *result) {
  CURLcode rc = prepare(http, options);
  struct curl_slist *list = curl_slist_append(NULL, "Expect:");
  for (size_t index = 0; rc == CURLE_OK && index < field_count; index++) {
    struct curl_slist *longer = curl_slist_append(list, fields[index]);
    if (longer == NULL) rc = CURLE_OUT_OF_MEMORY;
    else list = longer;
  }
  if (rc == CURLE_OK) rc = curl_easy_setopt(http->handle, CURLOPT_HTTPHEADER, list);
  if (rc == CURLE_OK) rc = curl_easy_setopt(http->handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  if (rc == CURLE_OK) rc = curl_easy_setopt(http->handle, CURLOPT_POSTFIELDS, (const char *)body);
  if (rc == CURLE_OK) rc = tenor_perform(http->handle);
  finish(http, rc, count, result);
  curl_easy_setopt(http->handle, CURLOPT_HTTPHEADER, NULL);
  curl_slist_free_all(list);
}

void tenor_http_probe(tenor_http *http, const tenor_http_options *options, tenor_http_result *result) {
  CURLcode rc = prepare(http, options);
  if (rc == CURLE_OK) rc = curl_easy_setopt(http->handle, CURLOPT_CONNECT_ONLY, 1L);
  if (rc == CURLE_OK) rc = tenor_perform(http->handle);
  finish(http, rc, 0, result);
}
