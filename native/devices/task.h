/* Calls into a sound system that may never come back, made on a thread that can be given up. */
#ifndef MAE_DEVICES_TASK_H
#define MAE_DEVICES_TASK_H

#include <stdbool.h>
#include <stdint.h>

typedef void (*mae_task_function)(void *argument);

/* [worker] Runs run(argument) on a thread of its own and waits for it, at most so many milliseconds. Returns true when
 * it has finished; then argument is the caller's again. Returns false when it has not: argument then belongs to that
 * thread, which calls too_late(argument) if and when run comes back. */
bool mae_task_run(mae_task_function run, mae_task_function too_late, void *argument, uint32_t milliseconds);

/* [any] Keeps this library loaded until the process ends: threads that were given up, and sound systems that were
 * handed a function of ours, may still run code in it. */
void mae_task_pin_library(void);

/* [any] Lets time pass, at least so many microseconds. */
void mae_task_sleep(uint32_t microseconds);

/* [any] A clock in nanoseconds for measuring durations. */
uint64_t mae_task_nanoseconds(void);

#endif
