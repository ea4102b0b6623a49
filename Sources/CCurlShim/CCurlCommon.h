/* What requests of every kind have in common. Not for Swift: it stands outside the folder of public headers. */
#ifndef CCURL_COMMON_H
#define CCURL_COMMON_H

#include <curl/curl.h>

/* Starts libcurl, once in a process, whoever comes first. */
void tenor_begin(void);

/* Runs a transfer with SIGPIPE held back from this thread, and swallows one that it caused. */
CURLcode tenor_perform(CURL *handle);

#endif
