/* Work on another thread behind a promise. The environment may end while it is under way: what the work left behind is
 * taken over all the same, only no JavaScript is run. */
#include <stdlib.h>

#include "napi/addon.h"

/* [worker] */
static void on_execute(napi_env env, void *data) {
  operation *self = data;
  self->execute(self);
}

/* [control] */
static void on_complete(napi_env env, napi_status status, void *data) {
  operation *self = data;
  addon *owner = self->self;
  const bool answer = !owner->closing;
  if (status != napi_ok && self->result == MAE_OK)
    self->result = MAE_UNSUPPORTED_HOST; /* cancelled before it was executed */
  napi_value value = self->finish(self, answer);
  if (answer) {
    if (self->result == MAE_OK && value) napi_resolve_deferred(env, self->deferred, value);
    else {
      napi_value error = make_error(env, self->result == MAE_OK ? MAE_OUT_OF_MEMORY : self->result, NULL);
      napi_reject_deferred(env, self->deferred, error ? error : make_undefined(env));
    }
    if (self->held) napi_delete_reference(env, self->held);
    napi_delete_async_work(env, self->work);
  }
  free(self);
  owner->pending -= 1;
  addon_release(owner);
}

/* [control] */
napi_value operation_start(call *in, operation *started, const char *name, napi_value held) {
  napi_value promise, label;
  started->self = in->self;
  started->held = NULL;
  if (napi_create_string_utf8(in->env, name, NAPI_AUTO_LENGTH, &label) == napi_ok &&
      (!held || napi_create_reference(in->env, held, 1, &started->held) == napi_ok) &&
      napi_create_async_work(in->env, NULL, label, on_execute, on_complete, started, &started->work) == napi_ok) {
    if (napi_create_promise(in->env, &started->deferred, &promise) == napi_ok &&
        napi_queue_async_work(in->env, started->work) == napi_ok) {
      in->self->pending += 1;
      return promise;
    }
    napi_delete_async_work(in->env, started->work);
  }
  if (started->held) napi_delete_reference(in->env, started->held);
  free(started);
  return throw_result(in->env, MAE_OUT_OF_MEMORY, "The work could not be queued");
}
