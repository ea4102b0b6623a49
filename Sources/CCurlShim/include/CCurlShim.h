#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

#include <stddef.h>
#include <stdint.h>

#include "CCurlHTTP.h"

/* SMTP through libcurl, whose own functions are variadic and so out of Swift's reach.
 *
 * One connection is one thread's at a time. What a reply means is decided in Swift: this side only carries bytes and
 * writes down what the server said. */

typedef struct tenor_smtp tenor_smtp;

typedef struct {
  const char *url;       /* smtp://host:port/name-for-EHLO or smtps://… */
  const char *user;      /* NULL: no AUTH */
  const char *password;
  const char *ca_file;   /* NULL: the system's */
  int starttls;          /* whether to demand STARTTLS before anything else is said */
  int needs_dsn;         /* whether to give up before MAIL where EHLO offers no DSN */
  long connect_timeout;  /* seconds */
  long response_timeout; /* seconds to wait for each reply */
} tenor_smtp_options;

/* Which reply was awaited or read last. */
enum {
  TENOR_SMTP_CONNECT = 0,
  TENOR_SMTP_EHLO,
  TENOR_SMTP_TLS,
  TENOR_SMTP_MAIL,
  TENOR_SMTP_RCPT,
  TENOR_SMTP_DATA,
  TENOR_SMTP_END
};

typedef struct {
  int rc;            /* CURLcode, or -1 where an argument was refused */
  long code;         /* the last reply code that libcurl noted */
  long connections;  /* how many were newly made for this message */
  int stage;         /* TENOR_SMTP_… : the step at which the server's last reply came, or at which it refused */
  int gave_up;       /* whether it ended because EHLO offered no DSN */
  int all_handed;    /* whether libcurl took the whole message to send */
  char peer[64];     /* the server's address */
  char offers[1024]; /* what EHLO offered, a line each, where a connection was newly made */
  char reply[1024];  /* the refusal, all its lines; on success the last reply */
  char error[256];   /* libcurl's words */
} tenor_smtp_result;

/* A connection yet to be made; NULL where memory lacks. The options are copied. */
tenor_smtp *tenor_smtp_open(const tenor_smtp_options *options);

/* Sends one message to one recipient over the connection, made anew where there is none. `mail` and `rcpt` are what
 * stands behind MAIL FROM: and RCPT TO:, in the form that tenor_smtp_takes_brackets() asks for. */
void tenor_smtp_send(
  tenor_smtp *smtp, const char *mail, const char *rcpt, const uint8_t *bytes, size_t count, tenor_smtp_result *result);

/* Connects, greets, turns to TLS and logs in as for a message, then says NOOP and nothing of any message. */
void tenor_smtp_probe(tenor_smtp *smtp, tenor_smtp_result *result);

/* Says QUIT where there is a connection, and frees everything; NULL is allowed. */
void tenor_smtp_close(tenor_smtp *smtp);

/* Whether libcurl takes `<address> PARAMETERS` (8.16.0 and later) rather than putting brackets around it all. */
int tenor_smtp_takes_brackets(void);

/* libcurl's name for one of its result codes. */
const char *tenor_smtp_describe(int rc);

/* libcurl's version: `7.88.1`. */
const char *tenor_smtp_version(void);

#endif
