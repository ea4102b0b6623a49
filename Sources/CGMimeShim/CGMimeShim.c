#include "CGMimeShim.h"

GMimeMultipart *tenor_gmime_as_multipart(GMimeObject *object) {
  return GMIME_IS_MULTIPART(object) ? GMIME_MULTIPART(object) : NULL;
}

GMimeMessagePart *tenor_gmime_as_message_part(GMimeObject *object) {
  return GMIME_IS_MESSAGE_PART(object) ? GMIME_MESSAGE_PART(object) : NULL;
}

GMimePart *tenor_gmime_as_part(GMimeObject *object) {
  return GMIME_IS_PART(object) ? GMIME_PART(object) : NULL;
}

void tenor_gmime_release(void *object) {
  if (object != NULL) g_object_unref(object);
}
