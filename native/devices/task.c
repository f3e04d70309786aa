/* Threads that can be given up; see the header. */
#if !defined(_WIN32)
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <time.h>
#else
#include <windows.h>
#endif

#include "devices/task.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { task_running, task_finished, task_given_up };

typedef struct {
  mae_task_function run;
  mae_task_function too_late;
  void *argument;
  atomic_int state;
  atomic_int owners; /* the waiter and the thread; the last frees */
} task;

/* [any] */
static void release(task *self) {
  if (atomic_fetch_sub(&self->owners, 1) == 1) free(self);
}

/* [worker] */
static void run_task(task *self) {
  self->run(self->argument);
  int expected = task_running;
  if (!atomic_compare_exchange_strong(&self->state, &expected, task_finished) && self->too_late)
    self->too_late(self->argument);
  release(self);
}

#if defined(_WIN32)
/* [worker] */
static DWORD WINAPI thread_main(LPVOID argument) {
  run_task(argument);
  return 0;
}

/* [any] */
static bool start_thread(task *self) {
  HANDLE thread = CreateThread(NULL, 0, thread_main, self, 0, NULL);
  if (!thread) return false;
  CloseHandle(thread);
  return true;
}

/* [any] */
void mae_task_pin_library(void) {
  HMODULE module;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                     (LPCWSTR)(void *)&mae_task_pin_library, &module);
}

/* [any] */
void mae_task_sleep(uint32_t microseconds) { Sleep((microseconds + 999) / 1000); }

/* [any] */
uint64_t mae_task_nanoseconds(void) {
  LARGE_INTEGER count, frequency;
  QueryPerformanceCounter(&count);
  QueryPerformanceFrequency(&frequency);
  return (uint64_t)((double)count.QuadPart * 1e9 / (double)frequency.QuadPart);
}
#else
/* [worker] */
static void *thread_main(void *argument) {
  run_task(argument);
  return NULL;
}

/* [any] */
static bool start_thread(task *self) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, thread_main, self) != 0) return false;
  pthread_detach(thread);
  return true;
}

/* [any] */
void mae_task_pin_library(void) {
  static const char inside = 0; /* any address within this library */
  Dl_info info;
  if (dladdr(&inside, &info) != 0 && info.dli_fname) {
    /* The handle is not kept: NODELETE is what is wanted. */
    void *handle = dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
    if (handle) dlclose(handle);
  }
}

/* [any] */
void mae_task_sleep(uint32_t microseconds) {
  struct timespec time = {microseconds / 1000000, (long)(microseconds % 1000000) * 1000};
  nanosleep(&time, NULL);
}

/* [any] */
uint64_t mae_task_nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}
#endif

/* [worker] See the header. */
bool mae_task_run(mae_task_function run, mae_task_function too_late, void *argument, uint32_t milliseconds) {
  task *self = malloc(sizeof *self);
  if (self) {
    *self = (task){.run = run, .too_late = too_late, .argument = argument};
    atomic_init(&self->state, task_running);
    atomic_init(&self->owners, 2);
  }
  if (!self || !start_thread(self)) {
    /* Without a thread to give up, waiting for ever is the smaller evil than not closing at all. */
    free(self);
    run(argument);
    return true;
  }
  const uint64_t deadline = mae_task_nanoseconds() + (uint64_t)milliseconds * 1000000u;
  uint32_t pause = 50;
  while (atomic_load(&self->state) == task_running && mae_task_nanoseconds() < deadline) {
    mae_task_sleep(pause);
    if (pause < 1000) pause += pause / 4;
  }
  int expected = task_running;
  const bool finished = !atomic_compare_exchange_strong(&self->state, &expected, task_given_up);
  release(self);
  return finished;
}
