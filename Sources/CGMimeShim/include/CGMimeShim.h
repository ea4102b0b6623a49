#ifndef CGMIME_SHIM_H
#define CGMIME_SHIM_H

#include <gmime/gmime.h>

/* What GMime offers only as macros, which Swift does not see. Each cast gives NULL for an object of another type. */
GMimeMultipart *tenor_gmime_as_multipart(GMimeObject *object);
GMimeMessagePart *tenor_gmime_as_message_part(GMimeObject *object);
GMimePart *tenor_gmime_as_part(GMimeObject *object);

/* Releases a reference to any GObject; NULL is allowed. */
void tenor_gmime_release(void *object);

#endif
