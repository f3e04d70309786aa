/* One sound system at a time: its context, its devices, and their ids as text. Within this room only. */
#ifndef MAE_DEVICES_BACKEND_H
#define MAE_DEVICES_BACKEND_H

#include "base/upstream.h"
#include "mae.h"

/* [any] Real backends of this platform, best first. Returns how many. */
uint32_t mae_backend_order(const mae_backend **order);

/* [worker] Connects to one sound system; it is never started by this. @retval NO_DEVICE when it is not there */
mae_result mae_backend_connect(mae_backend backend, ma_context *context);

/* [worker] Gives the context's playback devices; none when it cannot list them. *infos belongs to the context. @retval
 * OUT_OF_MEMORY */
mae_result mae_backend_devices(ma_context *context, ma_device_info **infos, uint32_t *count);

/* [any] The id as text. */
void mae_backend_id_text(mae_backend backend, const ma_device_id *id, char text[MAE_DEVICE_ID_BYTES]);

/* [any] Fills what is known of a listed device. */
void mae_backend_describe(mae_backend backend, const ma_device_info *from, mae_device_info *info);

#endif
