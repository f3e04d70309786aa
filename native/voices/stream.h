/* Streams: sources that may have holes. The audio side never waits for one: what was heard last dies away over the
 * smoothing time, silence follows, and what comes after the hole rises over the smoothing time. */
#ifndef MAE_VOICES_STREAM_H
#define MAE_VOICES_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "state/engine.h"

/* [audio] What mae_source_read does, for a voice of a stream; 0 at its end. */
uint32_t mae_stream_read(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted,
                         const float **samples);

/* [audio] Readies the voice of a new sound; false where another sound reads its stream. Nothing for buffers. */
bool mae_stream_open(mae_voice *voice);

/* [audio] The voice does not read its stream any more. Nothing for buffers. */
void mae_stream_close(mae_voice *voice);

/* [audio] The voice begins anew from where its read head is: nothing dies away. */
void mae_stream_begin(mae_voice *voice);

/* [audio] The read head will jump: what is heard of where it was may still fade out. */
void mae_stream_leave(mae_voice *voice);

/* [audio] The copy of a voice became a ghost: what dies away in it stays as it is, for the ghost fades as a whole.
 * Nothing for buffers. */
void mae_stream_hold_tail(const mae_engine *engine, mae_voice *ghost);

/* [audio] Tells the other thread where a sound's voice reads. Nothing for buffers. */
void mae_stream_publish(const mae_voice *voice);

#endif
