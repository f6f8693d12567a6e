// For loops of `PlanWidth::wide`: the processor's intrinsics, and the mark of functions that use them. THERIAC_WIDE is 0 where there are none. `widest()`
// asks the processor for the same.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__)
#define THERIAC_WIDE 1
#define THERIAC_TARGET __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,bmi,bmi2,popcnt")))
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // of the header's own undefined registers
#include <immintrin.h>
#pragma GCC diagnostic pop
#else
#define THERIAC_WIDE 0
#endif
