/* Words that another thread, or JavaScript, reads or writes at the same time. They lie in plain memory, because the
 * wire and the headers of streams are made by TypeScript. */
#ifndef MAE_BASE_SHARED_H
#define MAE_BASE_SHARED_H

#include <stdatomic.h>
#include <stdint.h>

/* [any] Sees all that was written before the store that it reads. */
static inline uint32_t mae_shared_load(const uint32_t *word) {
  return atomic_load_explicit((const _Atomic uint32_t *)word, memory_order_acquire);
}

/* [any] Shows all that was written before it. */
static inline void mae_shared_store(uint32_t *word, uint32_t value) {
  atomic_store_explicit((_Atomic uint32_t *)word, value, memory_order_release);
}

/* [any] The word alone, without any order. */
static inline uint32_t mae_shared_load_relaxed(const uint32_t *word) {
  return atomic_load_explicit((const _Atomic uint32_t *)word, memory_order_relaxed);
}
static inline void mae_shared_store_relaxed(uint32_t *word, uint32_t value) {
  atomic_store_explicit((_Atomic uint32_t *)word, value, memory_order_relaxed);
}

#endif
