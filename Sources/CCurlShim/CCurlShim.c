#include "CCurlShim.h"
#include "CCurlCommon.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

struct tenor_smtp {
  CURL *handle;
  int starttls;
  int needs_dsn;
  char error[CURL_ERROR_SIZE];

  /* The message being sent. */
  const uint8_t *bytes;
  size_t count;
  size_t taken;
  int reached_end;

  int was_sent; /* whether the message before went well, so that its connection is there to be used again */

  /* What the server said during it. */
  int is_first_line;
  int stage;
  int is_secure;
  int has_dsn;
  int gave_up;
  int in_refusal; /* 1 while the lines of the first refusal come in, 2 once it is complete */
  tenor_smtp_result *result;
};

static void append(char *text, size_t size, const char *line, size_t length) {
  size_t used = strlen(text);
  while (length > 0 && (line[length - 1] == '\r' || line[length - 1] == '\n')) length--;
  if (used > 0 && used + 1 < size) text[used++] = '\n';
  if (used + length >= size) length = size - 1 - used;
  for (size_t index = 0; index < length; index++) text[used + index] = line[index] == 0 ? ' ' : line[index];
  text[used + length] = 0;
}

/* Notes where the conversation stands, by the replies: libcurl sends EHLO, STARTTLS, EHLO, AUTH, MAIL, RCPT, DATA, the
 * message, each once. Giving back another number than `count` makes libcurl give up. */
static size_t on_reply(char *line, size_t size, size_t items, void *context) {
  tenor_smtp *smtp = context;
  size_t count = size * items;
  if (count < 4) return count;
  int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  int is_last = line[3] == ' ' || line[3] == '\r' || line[3] == '\n';

  if (smtp->is_first_line && code != 220 && smtp->was_sent) smtp->stage = TENOR_SMTP_MAIL; /* no greeting: used again */
  if (smtp->is_first_line && code == 220) { /* a new connection's greeting */
    smtp->stage = TENOR_SMTP_EHLO;
    smtp->is_secure = !smtp->starttls;
    smtp->has_dsn = 0;
    smtp->result->offers[0] = 0;
  } else if (code == 220 && smtp->stage == TENOR_SMTP_TLS) { /* the answer to STARTTLS */
    smtp->stage = TENOR_SMTP_EHLO;
    smtp->is_secure = 1;
    smtp->has_dsn = 0;
    smtp->result->offers[0] = 0; /* what was said in clear counts no more */
  } else if (code >= 400) {
    if (smtp->in_refusal == 0) {
      smtp->in_refusal = 1;
      smtp->result->reply[0] = 0;
    }
    if (smtp->in_refusal == 1) {
      append(smtp->result->reply, sizeof smtp->result->reply, line, count);
      if (is_last) smtp->in_refusal = 2;
    }
  } else if (smtp->stage == TENOR_SMTP_EHLO && code == 250) {
    append(smtp->result->offers, sizeof smtp->result->offers, line + 4, count - 4);
    if (count >= 7 && curl_strnequal(line + 4, "DSN", 3) && (count == 7 || strchr(" \r\n", line[7]))) smtp->has_dsn = 1;
    if (is_last) {
      smtp->stage = smtp->is_secure ? TENOR_SMTP_MAIL : TENOR_SMTP_TLS;
      smtp->in_refusal = 0; /* a server that refused EHLO and took HELO refused nothing */
      if (smtp->is_secure && smtp->needs_dsn && !smtp->has_dsn) {
        smtp->gave_up = 1;
        return 0;
      }
    }
  } else if (is_last && code != 334 && code != 235 && smtp->in_refusal == 0) {
    smtp->result->reply[0] = 0;
    append(smtp->result->reply, sizeof smtp->result->reply, line, count);
    if (smtp->stage >= TENOR_SMTP_MAIL && smtp->stage < TENOR_SMTP_END) smtp->stage++;
  }
  if (is_last) smtp->is_first_line = 0;
  return count;
}

static size_t on_read(char *buffer, size_t size, size_t items, void *context) {
  tenor_smtp *smtp = context;
  size_t room = size * items, rest = smtp->count - smtp->taken;
  size_t count = rest < room ? rest : room;
  memcpy(buffer, smtp->bytes + smtp->taken, count);
  smtp->taken += count;
  if (smtp->taken == smtp->count) smtp->reached_end = 1;
  return count;
}

tenor_smtp *tenor_smtp_open(const tenor_smtp_options *options) {
  tenor_begin();
  tenor_smtp *smtp = calloc(1, sizeof *smtp);
  if (smtp == NULL) return NULL;
  CURL *handle = smtp->handle = curl_easy_init();
  if (handle == NULL) {
    free(smtp);
    return NULL;
  }
  smtp->starttls = options->starttls;
  smtp->needs_dsn = options->needs_dsn;
  CURLcode rc = curl_easy_setopt(handle, CURLOPT_URL, options->url);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  if (rc == CURLE_OK && options->user != NULL) rc = curl_easy_setopt(handle, CURLOPT_USERNAME, options->user);
  if (rc == CURLE_OK && options->password != NULL) rc = curl_easy_setopt(handle, CURLOPT_PASSWORD, options->password);
  if (rc == CURLE_OK && options->ca_file != NULL) rc = curl_easy_setopt(handle, CURLOPT_CAINFO, options->ca_file);
  if (rc == CURLE_OK && options->starttls) rc = curl_easy_setopt(handle, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_READFUNCTION, on_read);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_READDATA, smtp);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_reply);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_HEADERDATA, smtp);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, smtp->error);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_TCP_NODELAY, 1L);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, options->connect_timeout);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, options->response_timeout);
  /* A server that stops reading in mid-message sends no reply to wait for. */
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
  if (rc == CURLE_OK) rc = curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, options->response_timeout);
  if (rc != CURLE_OK) {
    tenor_smtp_close(smtp);
    return NULL;
  }
  return smtp;
}

/* Whether the text can stand in an SMTP command: the last guard, whoever called. */
static int is_plain(const char *text) {
  if (*text == 0) return 0;
  for (; *text != 0; text++)
    if (*text < 32 || *text > 126) return 0;
  return 1;
}

static void begin(tenor_smtp *smtp, tenor_smtp_result *result) {
  memset(result, 0, sizeof *result);
  smtp->taken = 0;
  smtp->reached_end = 0;
  smtp->is_first_line = 1;
  smtp->stage = TENOR_SMTP_CONNECT;
  smtp->gave_up = 0;
  smtp->in_refusal = 0;
  smtp->error[0] = 0;
  smtp->result = result;
}

static void finish(tenor_smtp *smtp, CURLcode rc) {
  tenor_smtp_result *result = smtp->result;
  char *address = NULL;
  curl_easy_getinfo(smtp->handle, CURLINFO_RESPONSE_CODE, &result->code);
  curl_easy_getinfo(smtp->handle, CURLINFO_NUM_CONNECTS, &result->connections);
  if (curl_easy_getinfo(smtp->handle, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address != NULL)
    append(result->peer, sizeof result->peer, address, strlen(address));
  result->rc = (int)rc;
  result->stage = smtp->stage;
  result->gave_up = smtp->gave_up;
  result->all_handed = smtp->reached_end;
  append(result->error, sizeof result->error, smtp->error, strlen(smtp->error));
  smtp->was_sent = rc == CURLE_OK;
  smtp->bytes = NULL;
  smtp->result = NULL;
}

void tenor_smtp_send(
  tenor_smtp *smtp, const char *mail, const char *rcpt, const uint8_t *bytes, size_t count, tenor_smtp_result *result) {
  begin(smtp, result);
  if (!is_plain(mail) || !is_plain(rcpt)) {
    result->rc = -1;
    smtp->result = NULL;
    return;
  }
  smtp->bytes = bytes;
  smtp->count = count;
  struct curl_slist *recipients = curl_slist_append(NULL, rcpt);
  CURLcode rc = recipients == NULL ? CURLE_OUT_OF_MEMORY : CURLE_OK;
  if (rc == CURLE_OK) rc = curl_easy_setopt(smtp->handle, CURLOPT_MAIL_FROM, mail);
  if (rc == CURLE_OK) rc = curl_easy_setopt(smtp->handle, CURLOPT_MAIL_RCPT, recipients);
  if (rc == CURLE_OK) rc = curl_easy_setopt(smtp->handle, CURLOPT_INFILESIZE_LARGE, (curl_off_t)count);
  if (rc == CURLE_OK) rc = tenor_perform(smtp->handle);
  finish(smtp, rc);
  curl_easy_setopt(smtp->handle, CURLOPT_MAIL_RCPT, NULL);
  curl_slist_free_all(recipients);
}

void tenor_smtp_probe(tenor_smtp *smtp, tenor_smtp_result *result) {
  begin(smtp, result);
  CURLcode rc = curl_easy_setopt(smtp->handle, CURLOPT_UPLOAD, 0L);
  if (rc == CURLE_OK) rc = curl_easy_setopt(smtp->handle, CURLOPT_NOBODY, 1L);
  if (rc == CURLE_OK) rc = curl_easy_setopt(smtp->handle, CURLOPT_CUSTOMREQUEST, "NOOP");
  if (rc == CURLE_OK) rc = tenor_perform(smtp->handle);
  finish(smtp, rc);
  curl_easy_setopt(smtp->handle, CURLOPT_CUSTOMREQUEST, NULL);
  curl_easy_setopt(smtp->handle, CURLOPT_NOBODY, 0L);
  curl_easy_setopt(smtp->handle, CURLOPT_UPLOAD, 1L);
}

void tenor_smtp_close(tenor_smtp *smtp) {
  if (smtp == NULL) return;
  tenor_smtp_result unread; /* QUIT is answered too */
  memset(&unread, 0, sizeof unread);
  smtp->result = &unread;
  if (smtp->handle != NULL) curl_easy_cleanup(smtp->handle);
  free(smtp);
}

int tenor_smtp_takes_brackets(void) {
  tenor_begin();
  return curl_version_info(CURLVERSION_NOW)->version_num >= 0x081000;
}

const char *tenor_smtp_describe(int rc) {
  return rc < 0 ? "an address or parameter holds a character that no SMTP command may" : curl_easy_strerror((CURLcode)rc);
}

const char *tenor_smtp_version(void) {
  tenor_begin();
  return curl_version_info(CURLVERSION_NOW)->version;
}
