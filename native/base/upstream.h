/* miniaudio.h with the switches this project builds it with. Every file that needs a ma_ type includes this; upstream.c
 * alone compiles the implementation. */
#ifndef MAE_BASE_UPSTREAM_H
#define MAE_BASE_UPSTREAM_H

/* The flags that decide about bits (no SIMD paths) must reach every file, so they come from the build; without them the
 * hosts would differ. */
#if !defined(MA_NO_SSE2) || !defined(MA_NO_AVX2) || !defined(MA_NO_NEON) || !defined(MA_DR_MP3_NO_SIMD)
#error "build with -DMA_NO_SSE2 -DMA_NO_AVX2 -DMA_NO_NEON -DMA_DR_MP3_NO_SIMD"
#endif

#define MA_ENABLE_ONLY_SPECIFIC_BACKENDS
#define MA_ENABLE_PULSEAUDIO
#define MA_ENABLE_ALSA
#define MA_ENABLE_JACK
#define MA_ENABLE_WASAPI
#define MA_ENABLE_DSOUND
#define MA_ENABLE_WINMM
#define MA_ENABLE_COREAUDIO
#define MA_ENABLE_NULL

/* Where the system allows it a device's thread goes before ordinary ones, and behind those of a sound server or a
 * kernel. Where it does not, miniaudio falls back to an ordinary one. */
#define MA_PTHREAD_REALTIME_THREAD_PRIORITY 5

#include "miniaudio.h"

#endif
