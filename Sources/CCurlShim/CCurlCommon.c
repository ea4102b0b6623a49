#include "CCurlCommon.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

static pthread_once_t started = PTHREAD_ONCE_INIT;
static void start(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

void tenor_begin(void) { pthread_once(&started, start); }

CURLcode tenor_perform(CURL *handle) {
  sigset_t pipe, before, pending;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  sigpending(&pending);
  int was_pending = sigismember(&pending, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  CURLcode rc = curl_easy_perform(handle);
  sigpending(&pending);
  if (!was_pending && sigismember(&pending, SIGPIPE)) {
#if defined(__linux__)
    struct timespec none = {0, 0};
    sigtimedwait(&pipe, NULL, &none);
#else
    int caught;
    sigwait(&pipe, &caught);
#endif
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return rc;
}
