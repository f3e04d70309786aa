/* The debug build includes this before every file: what the audio thread must never call ends the program there and
 * then, with a sentence. Releases compile the audio side unchanged; native/test shows that it imports none of these. */
#ifndef MAE_BASE_TRAP_H
#define MAE_BASE_TRAP_H

#ifdef MAE_DEBUG

/* Before the first system header, as the files that ask for it do. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdlib.h>
#ifndef _WIN32
#include <pthread.h>
#endif

extern _Thread_local int mae_on_audio_thread;

/* [any] Ends the program where the calling thread is inside mae_engine_render. */
void mae_trap(const char *what);

#define MAE_ENTER_AUDIO() (mae_on_audio_thread += 1)
#define MAE_LEAVE_AUDIO() (mae_on_audio_thread -= 1)
#define malloc(size) (mae_trap("malloc"), malloc(size))
#define calloc(count, size) (mae_trap("calloc"), calloc(count, size))
#define realloc(memory, size) (mae_trap("realloc"), realloc(memory, size))
#define free(memory) (mae_trap("free"), free(memory))
#define pthread_mutex_lock(mutex) (mae_trap("pthread_mutex_lock"), pthread_mutex_lock(mutex))
#define pthread_cond_wait(condition, mutex) (mae_trap("pthread_cond_wait"), pthread_cond_wait(condition, mutex))

#else
#define MAE_ENTER_AUDIO() ((void)0)
#define MAE_LEAVE_AUDIO() ((void)0)
#endif

#endif
