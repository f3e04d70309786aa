/* The sound systems that miniaudio speaks to, kept quiet and never started by us. */
#include "devices/backend.h"

#include <stdio.h>
#include <string.h>

#if !defined(_WIN32)
#include <dlfcn.h>
#endif

static const char application_name[] = "miniaudio-engine";

/* [any] miniaudio's name of a backend. */
static ma_backend upstream_backend(mae_backend backend) {
  switch (backend) {
    case mae_backend_pulseaudio: return ma_backend_pulseaudio;
    case mae_backend_alsa: return ma_backend_alsa;
    case mae_backend_jack: return ma_backend_jack;
    case mae_backend_wasapi: return ma_backend_wasapi;
    case mae_backend_dsound: return ma_backend_dsound;
    case mae_backend_winmm: return ma_backend_winmm;
    case mae_backend_coreaudio: return ma_backend_coreaudio;
    default: return ma_backend_null;
  }
}

/* [any] See the header. */
uint32_t mae_backend_order(const mae_backend **order) {
#if defined(_WIN32)
  static const mae_backend backends[] = {mae_backend_wasapi, mae_backend_dsound, mae_backend_winmm};
#elif defined(__APPLE__)
  static const mae_backend backends[] = {mae_backend_coreaudio, mae_backend_jack};
#else
  static const mae_backend backends[] = {mae_backend_pulseaudio, mae_backend_alsa, mae_backend_jack};
#endif
  *order = backends;
  return sizeof backends / sizeof *backends;
}

#if !defined(_WIN32)
/* [any] ALSA's handler of errors, which prints each on stderr by default. The result codes say the same. */
static void alsa_says_nothing(const char *file, int line, const char *function, int error, const char *format, ...) {
  (void)file, (void)line, (void)function, (void)error, (void)format;
}

/* [any] Likewise JACK's, of errors and of news. */
static void jack_says_nothing(const char *message) { (void)message; }

/* [worker] Tells a sound system's library not to print, before miniaudio makes its first call. Returns the library, to
 * be kept until the context has it too. */
static void *silence(mae_backend backend) {
  typedef int (*set_alsa_handler)(void (*handler)(const char *, int, const char *, int, const char *, ...));
  typedef void (*set_jack_function)(void (*function)(const char *));
  void *library = NULL;
  if (backend == mae_backend_alsa) {
    library = dlopen("libasound.so.2", RTLD_NOW);
    set_alsa_handler set = library ? (set_alsa_handler)dlsym(library, "snd_lib_error_set_handler") : NULL;
    if (set) set(alsa_says_nothing);
  }
  if (backend == mae_backend_jack) {
    static const char *const setters[] = {"jack_set_error_function", "jack_set_info_function"};
    library = dlopen("libjack.so.0", RTLD_NOW);
    for (int index = 0; index < 2 && library; index += 1) {
      set_jack_function set = (set_jack_function)dlsym(library, setters[index]);
      if (set) set(jack_says_nothing);
    }
  }
  return library;
}

/* [worker] */
static void let_go(void *library) {
  if (library) dlclose(library);
}
#else
/* [worker] Nothing prints there. */
static void *silence(mae_backend backend) {
  (void)backend;
  return NULL;
}

/* [worker] */
static void let_go(void *library) { (void)library; }
#endif

/* [worker] See the header. */
mae_result mae_backend_connect(mae_backend backend, ma_context *context) {
  const ma_backend wanted = upstream_backend(backend);
  ma_context_config config = ma_context_config_init();
  config.threadPriority = ma_thread_priority_realtime;
  config.pulse.pApplicationName = application_name;
  config.pulse.tryAutoSpawn = MA_FALSE;
  config.jack.pClientName = application_name;
  config.jack.tryStartServer = MA_FALSE;
  void *library = silence(backend);
  /* On PulseAudio and JACK this connects: without a server it fails. */
  ma_result status = ma_context_init(&wanted, 1, &config, context);
  let_go(library);
  if (status == MA_OUT_OF_MEMORY) return MAE_OUT_OF_MEMORY;
  return status == MA_SUCCESS ? MAE_OK : MAE_NO_DEVICE;
}

/* [worker] See the header. */
mae_result mae_backend_devices(ma_context *context, ma_device_info **infos, uint32_t *count) {
  ma_uint32 found = 0;
  *infos = NULL;
  *count = 0;
  ma_result status = ma_context_get_devices(context, infos, &found, NULL, NULL);
  if (status == MA_OUT_OF_MEMORY) return MAE_OUT_OF_MEMORY;
  if (status == MA_SUCCESS) *count = found;
  return MAE_OK;
}

#if defined(_WIN32)
/* [any] UTF-16 as WASAPI gives it, to UTF-8. */
static void utf8_from_wide(const ma_wchar_win32 *wide, char *text, size_t bytes) {
  size_t length = 0;
  for (; *wide != 0 && length + 4 < bytes; wide += 1) {
    uint32_t code = *wide;
    if (code >= 0xD800 && code < 0xDC00 && wide[1] >= 0xDC00 && wide[1] < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (wide[1] - 0xDC00u);
      wide += 1;
    }
    if (code < 0x80) text[length++] = (char)code;
    else if (code < 0x800) {
      text[length++] = (char)(0xC0 | code >> 6);
      text[length++] = (char)(0x80 | (code & 63));
    } else if (code < 0x10000) {
      text[length++] = (char)(0xE0 | code >> 12);
      text[length++] = (char)(0x80 | (code >> 6 & 63));
      text[length++] = (char)(0x80 | (code & 63));
    } else {
      text[length++] = (char)(0xF0 | code >> 18);
      text[length++] = (char)(0x80 | (code >> 12 & 63));
      text[length++] = (char)(0x80 | (code >> 6 & 63));
      text[length++] = (char)(0x80 | (code & 63));
    }
  }
  text[length] = 0;
}
#endif

/* [any] See the header. */
void mae_backend_id_text(mae_backend backend, const ma_device_id *id, char text[MAE_DEVICE_ID_BYTES]) {
  text[0] = 0;
  switch (backend) {
    case mae_backend_pulseaudio: snprintf(text, MAE_DEVICE_ID_BYTES, "%s", id->pulse); break;
    case mae_backend_alsa: snprintf(text, MAE_DEVICE_ID_BYTES, "%s", id->alsa); break;
    /* JACK and null have one device and no ids; a word makes it possible to ask for it by id all the same. */
    case mae_backend_jack: snprintf(text, MAE_DEVICE_ID_BYTES, "jack"); break;
#if defined(_WIN32)
    case mae_backend_wasapi: utf8_from_wide(id->wasapi, text, MAE_DEVICE_ID_BYTES); break;
#endif
    case mae_backend_dsound:
      for (int index = 0; index < 16; index += 1) snprintf(text + index * 2, 3, "%02x", id->dsound[index]);
      break;
    case mae_backend_winmm: snprintf(text, MAE_DEVICE_ID_BYTES, "%u", (unsigned)id->winmm); break;
    case mae_backend_coreaudio: snprintf(text, MAE_DEVICE_ID_BYTES, "%s", id->coreaudio); break;
    case mae_backend_null: snprintf(text, MAE_DEVICE_ID_BYTES, "null"); break;
    default: break;
  }
}

/* [any] See the header. */
void mae_backend_describe(mae_backend backend, const ma_device_info *from, mae_device_info *info) {
  memset(info, 0, sizeof *info);
  mae_backend_id_text(backend, &from->id, info->id);
  snprintf(info->name, sizeof info->name, "%s", from->name);
  info->is_default = from->isDefault ? 1 : 0;
  info->backend = backend;
}
