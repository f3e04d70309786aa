/* Streams: sources that may have holes. The audio side never waits for one: what was heard last dies away over the
 * smoothing time, silence follows, and what comes after the hole rises over the smoothing time. */
#ifndef MAE_VOICES_STREAM_H
#define MAE_VOICES_STREAM_H

#include "state/engine.h"

/* [audio] What mae_source_read does for a voice of a stream. */
uint32_t mae_stream_read(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted,
                         const float **samples);

/* [audio] Readies a new sound of a stream; false where another sound reads it. */
bool mae_stream_open(mae_sound *sound);

/* [audio] The sound does not read the stream any more. Nothing for sounds of buffers. */
void mae_stream_close(mae_sound *sound);

/* [audio] The voice begins anew from where its read head is: nothing dies away. */
void mae_stream_begin(mae_voice *voice);

/* [audio] The read head will be put elsewhere: what is heard of the place it leaves may still fade out. */
void mae_stream_leave(mae_voice *voice);

/* [audio] The copy of a voice becomes a ghost: what dies away in it stays as it is, for the ghost fades as a whole. */
void mae_stream_haunt(const mae_engine *engine, mae_voice *ghost);

/* [audio] Tells the other thread where its sound reads. Nothing for sounds of buffers. */
void mae_stream_publish(const mae_sound *sound);

#endif
