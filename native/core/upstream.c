/* miniaudio itself, compiled once and unchanged. */
#define MINIAUDIO_IMPLEMENTATION
#include "upstream.h"
