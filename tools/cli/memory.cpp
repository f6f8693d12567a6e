#include "memory.hpp"

#include <cstdlib>

#if defined(__linux__) && defined(__GLIBC__)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#endif

namespace theriac::cli {

#if defined(__linux__) && defined(__GLIBC__) && defined(MADV_HUGEPAGE)
namespace {

constexpr std::uintptr_t large_page = 2U << 20U;
constexpr int expected = 16 << 20;              // of heap, for the bundled rules and a screening
constexpr int mapped_from = 4 << 20;            // larger pieces are mapped alone and given back
constexpr std::size_t first_piece = 1U << 20U;  // more than is free in the heap of a program that only read its command line

std::uintptr_t up_to_large_page(std::uintptr_t address) { return (address + large_page - 1) / large_page * large_page; }

}  // namespace

void expect_rules() {
  mallopt(M_MMAP_THRESHOLD, mapped_from);
  mallopt(M_TRIM_THRESHOLD, 2 * expected);
  mallopt(M_TOP_PAD, expected);
  const auto begin = up_to_large_page(reinterpret_cast<std::uintptr_t>(sbrk(0)));
  void* volatile piece = std::malloc(first_piece);  // grows the heap; volatile, or a compiler leaves both calls out
  std::free(piece);
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0)) / large_page * large_page;
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);  // advice: where it is not taken nothing is lost
}
#else
void expect_rules() {}
#endif

}  // namespace theriac::cli
